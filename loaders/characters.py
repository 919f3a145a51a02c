"""One form for every character: what `folding.py` maps to what, one to one."""

import unicodedata
from functools import cache

# Pairs "odd form, canonical form", blank between pairs.
_PUNCTUATION = (
    "(（ )） ,， :： ;； !！ ?？ ﹐， ﹕： ﹔； ﹖？ ﹗！ ︰： ∶： ﹙（ ﹚） ｡。 ､、 ﹑、 "
    "｢“ ｣” 「“ 」” 『‘ 』’ 〝“ 〞” ﹁“ ﹂” 〖【 〗】 ﹝〔 ﹞〕 ⟨〈 ⟩〉 ︽《 ︾》 ≪《 ≫》 "
    "谘咨 ○〇 ◯〇 ﹪% ‐- ‑- ‒- –- −- ﹣- ―— ─— ━— 〜~ ∼~ •· ・· ‧· ･· ∙· ⋅·"
)
_KEPT_WIDE = "，：；（）！？"
_BLANKS = "\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
# Of the radicals' supplement (U+2E80 onwards), which NFKC leaves as it is; PDF brings them.
_RADICALS = (
    "⺀冫 ⺁厂 ⺄乙 ⺆冂 ⺇几 ⺈刀 ⺊卜 ⺋卩 ⺌小 ⺎兀 ⺏尢 ⺐尢 ⺑尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 "
    "⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歹 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 "
    "⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糸 ⺰纟 ⺱罓 ⺲罒 ⺳网 ⺴网 ⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹耂 "
    "⺺肀 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 "
    "⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑长 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 "
    "⻜飞 ⻝食 ⻞食 ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 "
    "⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟 ⻳龟"
)
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FULL_WIDTH_SHIFT = 0xFEE0
_KANGXI = range(0x2F00, 0x2FD6)
_COMPATIBLE = (*_KANGXI, *range(0xF900, 0xFB00))
_HAN = (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))


@cache
def canonical_forms() -> dict[int, int]:
    """Code point to code point, for `str.translate`; no form is itself changed by it."""
    table = {ord(pair[0]): ord(pair[1]) for pair in (*_PUNCTUATION.split(), *_RADICALS.split())}
    for code in _FULL_WIDTH:
        table[code] = code if chr(code) in _KEPT_WIDE else code - _FULL_WIDTH_SHIFT
    for code in _COMPATIBLE:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = ord(plain)
    table.update(dict.fromkeys(map(ord, _BLANKS), ord(" ")))
    simplified = _simplified()
    # A radical's character may be Traditional, and a few Simplified forms are mapped once more.
    for code, form in [*simplified.items(), *table.items()]:
        while form in simplified and simplified[form] != code:
            form = simplified[form]
        table[code] = form
    return {code: form for code, form in table.items() if code != form}


@cache
def radical_forms() -> dict[int, int]:
    """Radicals to the characters they look like: fonts of PDF files put one for the other."""
    table = {ord(pair[0]): ord(pair[1]) for pair in _RADICALS.split()}
    return table | {code: ord(unicodedata.normalize("NFKC", chr(code))) for code in _KANGXI}


def _simplified() -> dict[int, int]:
    """Traditional to Simplified, each character by itself: in a run, phrases would decide."""
    from opencc import OpenCC  # slow to import

    traditional = "\n".join(map(chr, _HAN))
    converted = OpenCC("t2s").convert(traditional).split("\n")
    pairs = zip(_HAN, converted, strict=True)
    return {code: ord(form) for code, form in pairs if len(form) == 1 and ord(form) != code}
