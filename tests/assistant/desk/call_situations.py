"""Twenty calls as they are written in ``docs/desk.md``, and the keys that answer them."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_PAGE = ("2",)
"""The key that opens the calls from the home of somebody at the help desk."""

MOST_KEYS = 12
"""Key presses from login to the answer."""


@dataclass(frozen=True)
class Situation:
    """One call.

    Args:
        zh: What the caller says, in Chinese.
        en: The same in English.
        typed: What staff type after opening the page; Enter follows.
        opens: What is opened: kind and id.
        said_zh: Words that stand on the screen then, in Chinese.
        said_en: The same in English.
    """

    zh: str
    en: str
    typed: str
    opens: tuple[str, str]
    said_zh: str
    said_en: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key after login, one at a time."""
        letters = tuple("space" if each == " " else each for each in self.typed)
        return (*OPEN_PAGE, *letters, "enter")


SITUATIONS = (
    Situation(
        "我是1999年的大专文凭，要带什么材料？",
        "My diploma is from 1999. What do I have to bring?",
        "1999",
        ("symptom", "early-diploma"),
        "身份证件和该条学历（学位）的证书原件",
        "the original certificate",
    ),
    Situation(
        "一直收不到短信验证码。",
        "The SMS code does not arrive.",
        "sbddx",
        ("symptom", "no-sms-code"),
        "请查看被拦截的短信",
        "Look among the blocked messages",
    ),
    Situation(
        "照片传上去没通过。",
        "My photo was refused.",
        "photoref",
        ("symptom", "photo-refused"),
        "请重拍：白色背景、正面、免冠",
        "Take a new one: white ground",
    ),
    Situation(
        "都两天了，还是显示未核验。",
        "It has said unverified for two days.",
        "unverif",
        ("symptom", "unverified-two-days"),
        "请登录查看是哪一项",
        'Log in and look which item says "unverified"',
    ),
    Situation(
        "钱交了，网上还是未缴费。",
        "I have paid, and it still says unpaid.",
        "unpaid",
        ("symptom", "paid-but-unpaid"),
        "请不要重复缴费",
        "Do not pay again",
    ),
    Situation(
        "密码忘记了，登不进去。",
        "I forgot my password.",
        "wjmm",
        ("symptom", "forgot-password"),
        "请用短信或者密保问题重设密码",
        "Set a new password by SMS",
    ),
    Situation(
        "我名字里有个生僻字打不出来。",
        "A character of my name cannot be typed.",
        "rare",
        ("symptom", "rare-character"),
        "请点姓名输入框右侧的链接",
        "Use the link to the right of the name box",
    ),
    Situation(
        "报名是不是已经截止了？",
        "Is registration closed already?",
        "closed",
        ("symptom", "window-closed"),
        "本次报名已经截止",
        "Registration for this time has closed",
    ),
    Situation(
        "提示我的手机号已经绑定别人了。",
        "It says my mobile number is bound to somebody.",
        "bound",
        ("symptom", "mobile-bound"),
        "您可能有旧账户",
        "Otherwise use another mobile number",
    ),
    Situation(
        "不考了，能退费吗？",
        "I do not want to sit it. Can I have the fee back?",
        "refund",
        ("symptom", "refund"),
        "按第16条报名无效的，费用不予退还",
        "For a registration that is invalid under item 16",
    ),
    Situation(
        "培训班替我报的名，承诺书也由他们签行吗？",
        "An agency filled it in. May they sign for me?",
        "agent",
        ("symptom", "agent-promised"),
        "必须本人签署",
        "You sign yourself",
    ),
    Situation(
        "我没有身份证，用护照能报吗？",
        "I have no ID card. Can I register with a passport?",
        "passport",
        ("symptom", "other-document"),
        "请选择证件类型",
        "Choose the kind of document",
    ),
    Situation(
        "哪些人需要去现场核查？",
        "Who has to go to manual verification?",
        "14",
        ("item", "14"),
        "下列报考人员需要人工核查",
        "Manual verification is needed by the following",
    ),
    Situation(
        "学历填错了，保存了还能删吗？",
        "I saved a wrong education record. Can it be deleted?",
        "18.4",
        ("item", "18.4"),
        "保存后不能删除",
        "Fill in the education and degree information truthfully",
    ),
    Situation(
        "一级建造师考哪些科目？",
        "Which subjects has the class-1 constructor examination?",
        "yjjzs",
        ("exam", "class-1-constructor"),
        "建设工程经济",
        "Construction economics",
    ),
    Situation(
        "提示照片背景不是白色。",
        "It says the background of my photo is not white.",
        "white",
        ("error", "photo-background"),
        "背景不是白色",
        "The background is not white",
    ),
    Situation(
        "我报的二建，费已经交了，后面还要做什么？",
        "Class-2 constructor, I have paid. What is next?",
        "ej paid",
        ("place", ""),
        "来电人所在步骤：报名完成与责任提示",
        "The caller is at: Done",
    ),
    Situation(
        "我在江苏，想报二建，从哪里开始？",
        "I am in Jiangsu and want to sit class-2 constructor. Where do I begin?",
        "ej jiangsu",
        ("place", ""),
        "来电人所在步骤：告知承诺制",
        "The caller is at: What this is",
    ),
    Situation(
        "报名有没有年龄限制？",
        "Is there an age limit?",
        "?age",
        ("question", "age"),
        "本系统不会编造",
        "nothing is made up here",
    ),
    Situation(
        "材料造假会怎么样？",
        "What happens if something is faked?",
        "?fake",
        ("question", "fake"),
        "故意隐瞒真实情况",
        "Persons who deliberately conceal",
    ),
)
