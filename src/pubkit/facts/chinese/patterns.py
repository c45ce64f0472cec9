"""Pieces of the patterns of Chinese dates, times and figures."""

HAN = "〇零一二两三四五六七八九十百千万亿廿卅"


DIGIT = "[〇零一二三四五六七八九]"


MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月(?!球|龄|饼|亮|薪|票|刊|台|光|色|嫂|子)"


_ONE_TO_NINE = "[一二三四五六七八九]"


DAY = rf"(?:\d{{1,2}}|三十一?|[一二]?十{_ONE_TO_NINE}?|廿{_ONE_TO_NINE}?|{_ONE_TO_NINE})"


YEAR = rf"(?:(?:1\d|20|21)\d\d|[一二]{DIGIT}{{3}})"


HALF_DAY = (
    "凌晨|清晨|早晨|早上|清早|上午|中午|正午|午后|下午|傍晚|晚上|晚间|当晚|今晚|昨晚|次晚|夜间|深夜|夜里|午夜"
    "|早|晚"
)


_HOUR_NUMERAL = "(?:二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九])"


HOUR = rf"(?:2[0-4]|[01]?\d|(?<![{HAN}]){_HOUR_NUMERAL})"


MINUTE = rf"(?:[0-5]?\d|[二三四五]?十{DIGIT}?|零?{DIGIT})"


ALONE = rf"(?<![\d.,])(?:(?=\d)|(?<![{HAN}]))"


NUMERAL = (
    rf"[二三四五六七八九]?十有{_ONE_TO_NINE}(?=[，。、；岁]|\Z)|[{HAN}]+(?:点{DIGIT}+[万亿]?)?"
)


ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
