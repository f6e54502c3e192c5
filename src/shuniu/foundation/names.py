"""Names sort as Chinese users expect: by pinyin, then by character. The embedded PostgreSQL has no ICU for it."""

from pypinyin import Style, pinyin

SORT_KEY_LENGTH = 200

# Surnames that are read differently from the same character elsewhere (现代汉语词典, entries marked 姓).
_SURNAMES = {
    "曾": "zeng1",
    "单": "shan4",
    "解": "xie4",
    "仇": "qiu2",
    "区": "ou1",
    "查": "zha1",
    "任": "ren2",
    "朴": "piao2",
    "覃": "qin2",
    "盖": "ge3",
    "繁": "po2",
    "种": "chong2",
    "乐": "yue4",
    "员": "yun4",
    "召": "shao4",
    "秘": "bi4",
    "折": "she2",
    "宓": "fu2",
}


def sort_key(name: str) -> str:
    """Text whose byte order is the order people expect: ``王女士`` → ``wang2 nv3 shi4 王女士``."""
    readings = [reading[0] for reading in pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)]
    if name[:1] in _SURNAMES and readings:
        readings[0] = _SURNAMES[name[0]]
    return f"{' '.join(readings).lower()} {name}"[:SORT_KEY_LENGTH]
