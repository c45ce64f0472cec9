"""Chinese texts as nobody would write them: all that can stand beside anything else."""

from random import Random

CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自"
    "二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变"
    "条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安"
)
QUOTES = ("“”", "‘’", "（）", "《》", "「」")
WORDS = ("AI", "MindSpore", "AI for Materials", "2023", "26", "3.14%", "é", "Łódź", "example.org")
NO_START = "，。、；：！？”’）》」·～"
NO_END = "“‘（《「"


def arbitrary_text(source: Random, length: int, depth: int = 0) -> str:
    """Return a text as nobody would write it: all that can stand beside anything else."""
    return "".join(_arbitrary_part(source, depth) for _ in range(length))


def _arbitrary_part(source: Random, depth: int) -> str:
    chance = source.random()
    if chance < 0.6 or depth == 3:
        return "".join(source.choices(CHARACTERS, k=source.randint(1, 9)))
    if chance < 0.75:
        return source.choice("，。、；：！？")
    if chance < 0.84:
        return source.choice(WORDS)
    if chance < 0.91:
        first, last = source.choice(QUOTES)
        return first + arbitrary_text(source, source.randint(1, 3), depth + 1) + last
    if chance < 0.95:
        tag = source.choice(("b", "em", "a", "span", "sup", "code"))
        return f"<{tag}>{arbitrary_text(source, source.randint(1, 2), depth + 1)}</{tag}>"
    return source.choice(("——", "……", "·", "～", "-", "/", " "))
