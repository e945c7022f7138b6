"""The pages: around the terminal, where there is none, the notice, and the lists that are public."""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape

from assistant.conversation.wording import Wording
from assistant.records.publicity import Listed
from content.loader import Content
from content.schema import Edition
from flows.verdict import Named

LANGUAGES = ("zh", "en")

SAID = ("waiting", "lost", "over", "fault", "moved", "stopping")
"""What may stand over the terminal."""

REFUSALS = ("full", "token", "host", "origin", "missing", "broken")
"""What a page of its own says in place of the terminal."""

READING = (
    "body{font:1.05rem/1.8 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC','Source Han Sans SC',sans-serif;max-width:44rem;margin:1.5rem auto;padding:0 1rem;"
    "color:#17202a;background:#fff;overflow-wrap:anywhere}"
    "h1{font-size:1.5rem;line-height:1.4}h2{font-size:1.2rem;line-height:1.5;margin-top:2.2rem}"
    "a{color:#0b4f8a}nav li{margin:.35rem 0}.n{color:#4a5763;font-size:.85em;margin-right:.5em}"
    ".later{border-left:.3rem solid #b35c00;background:#fff6ea;padding:.5rem .9rem;margin:.8rem 0}"
    "dl dd{margin:0 0 .6rem}"
    "@media print{nav,.back{display:none}body{max-width:none;font-size:11pt}h2{break-after:avoid}"
    "p{orphans:3;widows:3}}"
)


def html_language(language: str) -> str:
    """Return a language as pages name it."""
    return "zh-CN" if language == "zh" else "en"


def wanted(header: str, otherwise: str) -> str:
    """Return the language that a browser prefers, of those that there are.

    Args:
        header: ``Accept-Language``.
        otherwise: For whoever wants neither.
    """
    found: list[tuple[float, int, str]] = []
    for at, each in enumerate(header.split(",")[:20]):
        name, _, weight = each.strip().partition(";q=")
        language = name.strip().casefold()[:2]
        if language in LANGUAGES:
            try:
                found.append((-float(weight or 1), at, language))
            except ValueError:
                continue
    return min(found)[2] if found else otherwise


def terminal(content: Content, language: str, *, most_bytes: int) -> str:
    """Make the page around the terminal.

    Args:
        content: The words.
        language: The language that it begins with.
        most_bytes: What a picture may have at most.
    """
    wording = Wording(content, language)

    def word(key: str) -> str:
        return f'data-word="{key}">{escape(wording.text(f"web.{key}"))}'

    words = {each: _words(content, each) for each in LANGUAGES}
    # "<" in the data would end the block.
    data = json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
    label = escape(wording.text("web.terminal"))
    return f"""<!DOCTYPE html>
<html lang="{html_language(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(wording.text("web.title"))}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="static/xterm.css">
<link rel="stylesheet" href="static/page.css">
<script id="words" type="application/json">{data}</script>
<script defer src="static/xterm.js"></script>
<script defer src="static/page.js"></script>
</head>
<body>
<header>
<h1>{escape(wording.text("face.brand"))}</h1>
<nav>
<a href="notice/{language}" data-page="notice/LANGUAGE" target="_blank" rel="noopener" {word("notice")}</a>
<a href="lists" target="_blank" rel="noopener" {word("lists")}</a>
</nav>
<div>
<button type="button" id="smaller" data-label="smaller">A&minus;</button>
<button type="button" id="larger" data-label="larger">A+</button>
</div>
</header>
<div id="photo" class="offer" hidden>
<label class="button"><span {word("photo.choose")}</span>
<input type="file" id="picture" accept="image/jpeg,image/png" data-most="{most_bytes}"></label>
<output id="photo-said" role="status"></output>
</div>
<div id="letter" class="offer" hidden>
<button type="button" id="keep" {word("letter.keep")}</button>
<output id="letter-said" role="status"></output>
</div>
<main>
<div id="terminal" role="application" data-label="terminal" aria-label="{label}"></div>
<div id="said" hidden>
<div class="sheet" role="alertdialog" aria-labelledby="said-title" aria-describedby="said-text">
<h2 id="said-title"></h2><p id="said-text"></p><button type="button" id="again"></button>
</div>
</div>
<noscript><div class="sheet">{_in_each(content, "web.no-script")}</div></noscript>
</main>
</body>
</html>
"""


def refusal(content: Content, what: str, *, home: str = "") -> str:
    """Make the page that says, in both languages, why something is refused and what to do.

    Args:
        content: The words.
        what: One of :data:`REFUSALS`.
        home: Where the first page lies; empty for no way there.
    """
    back = f'<p><a href="{home}">{{}}</a></p>' if home else ""
    parts = []
    for language in LANGUAGES:
        wording = Wording(content, language)
        parts.append(
            f'<section lang="{html_language(language)}"><h2>{escape(wording.text(f"web.{what}.title"))}</h2>'
            f"<p>{escape(wording.text(f'web.{what}.text'))}</p>"
            f"{back.format(escape(wording.text('web.home')))}</section>"
        )
    title = escape(Wording(content, "zh").text(f"web.{what}.title"))
    return _whole("zh", title, f'<main class="sheet">{"".join(parts)}</main>', look=_REFUSAL)


def hand_over(content: Content) -> str:
    """Make the page that follows a link with the token: it goes on to the address without it.

    A redirect would not do: a browser that came from a link on another site keeps a strict cookie back.
    """
    wording = Wording(content, "zh")
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta http-equiv="refresh" content="0;url=./"><title>'
        f'{escape(wording.text("web.title"))}</title></head><body><a href="./">'
        f"{escape(wording.text('web.home'))}</a></body></html>\n"
    )


def notice(content: Content, edition: Edition, language: str) -> str:
    """Make a page of the notice: its 18 items, later rules at the paragraphs they override, its misprints."""
    wording = Wording(content, language)
    items = content.notices[language]
    other = "en" if language == "zh" else "zh"
    contents = "".join(
        f'<li><a href="#item-{item.number}">{item.number}. {escape(item.title)}</a></li>' for item in items
    )
    parts = [
        f'<nav><p><a href="{other}" lang="{html_language(other)}">'
        f"{escape(wording.text('face.other-language'))}</a></p></nav>",
        f"<h1>{escape(_title(content, language))}</h1>",
        f'<nav id="contents" aria-label="{escape(wording.text("web.contents"))}"><ul>{contents}</ul></nav>',
    ]
    for item in items:
        parts.append(f'<section id="item-{item.number}"><h2>{item.number}. {escape(item.title)}</h2>')
        for paragraph in item.paragraphs:
            parts.append(f'<p id="p-{paragraph.id}"><span class="n">{paragraph.id}</span>')
            parts.append(f"{escape(paragraph.text)}</p>")
            for rule in edition.later_rules:
                if paragraph.id in rule.overrides:
                    args = {"source": rule.source, "date": rule.date, "text": rule.text.said(language)}
                    parts.append(f'<p class="later">{escape(wording.text("web.later", args))}</p>')
        parts.append(
            f'<p class="back"><a href="#contents">{escape(wording.text("web.to-contents"))}</a></p></section>'
        )
    return _whole(language, escape(_title(content, language)), "\n".join(parts), look=READING)


def lists(content: Content, rows: Sequence[Listed]) -> str:
    """Make the page of the lists that are public today, in both languages.

    Args:
        content: The words.
        rows: The lists as the store has them.
    """
    parts = []
    for language in LANGUAGES:
        wording = Wording(content, language)
        listed = "".join(_listed(wording, row) for row in rows)
        body = f"<ul>{listed}</ul>" if listed else f"<p>{escape(wording.text('web.lists.none'))}</p>"
        parts.append(
            f'<section lang="{html_language(language)}"><h1>{escape(wording.text("web.lists"))}</h1>'
            f'{body}<p><a href="./">{escape(wording.text("web.home"))}</a></p></section>'
        )
    return _whole("zh", escape(Wording(content, "zh").text("web.lists")), "".join(parts), look=READING)


def _listed(wording: Wording, row: Listed) -> str:
    title = wording.text("publicity.title", {"exam": Named("exam", row.exam), "year": row.year})
    where = wording.value(Named("province", row.province)) if row.province else wording.text("publicity.all")
    said = wording.text("web.lists.entry", {"list": title, "where": where, "length": row.length})
    return f'<li><a href="lists/{row.id}">{escape(said)}</a></li>'


_REFUSAL = (
    "body{font:1.05rem/1.7 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',"
    "'Noto Sans CJK SC',sans-serif;max-width:38rem;margin:10vh auto;padding:0 1rem;color:#17202a;"
    "background:#fff}h2{font-size:1.3rem;margin-bottom:.2rem}a{color:#0b4f8a}"
    "section+section{border-top:1px solid #b8c2cc;margin-top:1.5rem}"
)


def _whole(language: str, title: str, body: str, *, look: str) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{html_language(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{look}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _words(content: Content, language: str) -> dict[str, str]:
    words = content.words[language]
    said = [f"{each}.{part}" for each in SAID for part in ("title", "text")]
    photo = [f"photo.{each}" for each in ("choose", "sending", "sent", "large", "kind", "failed")]
    plain = ["title", "notice", "lists", "smaller", "larger", "terminal", "again"]
    plain += ["letter.keep", "letter.failed"]
    return {key: words[f"web.{key}"] for key in (*said, *photo, *plain)}


def _in_each(content: Content, key: str) -> str:
    return "".join(
        f'<p lang="{html_language(each)}">{escape(Wording(content, each).text(key))}</p>'
        for each in LANGUAGES
    )


def _title(content: Content, language: str) -> str:
    return Wording(content, language).text("web.notice-title")
