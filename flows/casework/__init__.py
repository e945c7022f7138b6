"""The cases of the staff: manual verifications, reports and false promises, each a machine made from data."""
