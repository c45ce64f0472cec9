"""Characters that make a name wrong, or right to the ear only."""

from collections.abc import Mapping

from benchmarks.checks.sites import Site

Readings = Mapping[str, tuple[str, str]]

STRANGERS: Readings = {
    "鹏": ("peng", "pang"),
    "刚": ("gang", "kong"),
    "磊": ("lei", "lui"),
    "倩": ("qian", "sin"),
    "凯": ("kai", "hoi"),
    "斌": ("bin", "ban"),
    "敏": ("min", "man"),
    "芳": ("fang", "fong"),
    "涛": ("tao", "to"),
    "彤": ("tong", "tung"),
    "勇": ("yong", "yung"),
    "帅": ("shuai", "shui"),
    "娜": ("na", "no"),
    "超": ("chao", "chiu"),
    "萌": ("meng", "mang"),
    "壮": ("zhuang", "chong"),
    "柔": ("rou", "yau"),
    "迪": ("di", "tik"),
    "舒": ("shu", "shue"),
    "凡": ("fan", "fan"),
}
"""Characters of given names, with their only Mandarin and Cantonese readings."""

STRANGE_SURNAMES: Readings = {
    "彭": ("peng", "pang"),
    "冯": ("feng", "fung"),
    "孟": ("meng", "mang"),
    "谢": ("xie", "tse"),
    "丁": ("ding", "ting"),
    "董": ("dong", "tung"),
    "蔡": ("cai", "choi"),
    "潘": ("pan", "poon"),
    "龚": ("gong", "kung"),
    "邵": ("shao", "siu"),
    "钱": ("qian", "chin"),
    "邱": ("qiu", "yau"),
}
"""Surnames, with their Mandarin and Cantonese readings."""

HOMOPHONES = [
    "伟玮炜维",
    "华桦骅",
    "明铭茗鸣",
    "丽莉俐",
    "军君均钧",
    "文雯纹",
    "晓小",
    "建健剑",
    "志智致挚",
    "平萍苹",
    "红宏洪鸿泓",
    "玲铃灵凌聆",
    "静敬婧靖",
    "欣新心馨昕",
    "佳嘉家",
    "宇雨羽禹",
    "涛韬",
    "峰锋丰枫",
    "勇永咏泳",
    "燕艳雁彦",
    "怡宜仪",
    "琳林霖临",
    "子梓紫",
    "浩昊皓",
    "轩萱宣",
    "辰晨宸臣",
    "辉晖徽",
    "慧惠卉",
    "杰洁捷",
    "敏闽",
    "英瑛",
    "颖影",
    "梅玫",
    "书淑殊",
    "飞菲霏",
    "荣蓉嵘",
    "高皋",
    "恒衡珩",
    "媛圆缘",
    "璠凡帆",
    "坤昆",
    "锦谨",
    "如茹",
    "怀槐淮",
    "卫未魏",
    "成诚程城",
    "忠中钟",
    "刚钢纲",
    "生声升",
    "清青卿",
    "兰岚澜",
    "珍真贞",
    "霞侠",
    "春椿",
    "秀绣",
    "云芸耘",
    "龙隆",
    "斌彬滨",
    "庆磬",
    "义艺毅亿",
    "思斯",
    "诗师施",
    "妍言研",
    "瑶遥尧",
    "俊峻骏",
    "凯铠",
    "鑫辛",
    "阳洋扬杨",
    "天添",
    "少绍邵",
    "安桉",
    "世士仕",
    "培沛",
    "景璟",
    "启起琦",
    "琪奇棋",
    "正郑政",
    "旭绪叙",
    "岩严",
    "然燃",
    "若偌",
    "可珂",
    "良梁粱",
    "祥翔详",
    "振震镇",
    "兴星",
    "友有",
    "元源原园",
    "月悦越",
    "曼蔓",
    "佩珮",
    "舒抒",
    "婷亭庭",
    "彤同桐",
    "钰玉育",
    "宁凝",
    "知芝之",
    "令另",
    "致至",
    "伦轮",
]
"""Characters of names that sound alike."""


def stranger(site: Site, form: str, pool: Readings) -> str | None:
    """Return a character that cannot be read as any part of the names in an entry."""
    known = _letters_of_names(site.source)
    for character in site.shuffled(pool):
        sounds_alike = any(reading in known for reading in pool[character])
        if not sounds_alike and character not in form and character not in site.target:
            return character
    return None


def homophones(character: str) -> set[str]:
    """Return other characters that sound the same."""
    alike = {other for group in HOMOPHONES if character in group for other in group}
    return alike - {character}


def homophone(site: Site, character: str) -> str | None:
    """Return another character that sounds the same."""
    return next(iter(site.shuffled(sorted(homophones(character)))), None)


def _letters_of_names(text: str) -> str:
    """Return the capitalised words of a text: only they can be romanised names."""
    words = text.replace("-", "").replace("'", "").replace("’", "").split()
    return " ".join(word.lower() for word in words if word[:1].isupper() or not word[:1].isalpha())
