# ruff: noqa: T201, S311
"""Rosters that are drawn by chance: is each encoding recognised, or asked for, and never mistaken?

::

    python -m benchmarks.members encodings [--rosters 2000]
    python -m benchmarks.members addresses [--number 1000000]
    python -m benchmarks.members speed [--members 200000]
"""

import argparse
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from email_validator import EmailNotValidError, validate_email
from openpyxl import Workbook

from pubkit.config import Config
from pubkit.config.settings import ProjectSettings
from pubkit.distribution.addresses import parse_address
from pubkit.distribution.columns import count_headings
from pubkit.errors import AddressError, DeliveryError
from pubkit.formats.tables.roster import read_table
from pubkit.workflow.members import members_digest, read_members

GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲建国志文辉力永健世广义兴良海山仁波宁贵福生龙"
    "元全胜学祥才发武新利清飞彬富顺信子斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德河厚庆思安岩中茂进林有坚和"
    "彪博诚先敬震振壮会思群豪心邦承乐绍功松善裕雪琳晗瑶怡婷雅芝茜秋珊莎锦黛青倩婉娴瑾颖露瑶怡婵雁蓓仪荷丹蓉眉"
    "君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬"
)
RARE = "喆堃淼鑫犇焱垚璟祎翀昇彧珺奕煊玥瑄晟骉翯镕垒"
KOREAN = "김이박최정강조윤장임한오서신권황안송전홍민준서연지우현수진영호철미경숙희은혜성재동원상훈"
JAPANESE = (
    "佐藤鈴木高橋田中伊渡辺山本村小林加吉太郎子美恵一二三次健大輔翔陽菜花さくらひろしみゆきケンジ"
)
RUSSIAN = "Иванов Петрова Сидоров Кузнецова Смирнов Попова Ольга Сергей Анна Дмитрий Юлия Пётр Яна"
GREEK = "Γιώργος Μαρία Νίκος Ελένη Παύλος Κατερίνα Άννα Δημήτρης Παπαδόπουλος Ιωάννης"
WESTERN = (
    "Müller Hélène Björn Søren Françoise José Zoë Jürgen Groß Ångström Muñoz Élodie Weber Anna"
)
POLISH = "Łukasz Świątek Żaneta Dvořák Černý Kovács Jiří Grażyna Müller Şahin Çelik"


# ---------------------------------------------------------------- encodings


def names_of(text: str) -> Callable[[Random], str]:
    """Return what draws one of these words."""
    words = text.split()
    return lambda random: random.choice(words)


def signs_of(text: str, least: int, most: int) -> Callable[[Random], str]:
    """Return what draws names of some of these signs."""
    return lambda random: "".join(random.choices(text, k=random.randint(least, most)))


def read_tables() -> tuple[list[str], list[float], dict[int, str]]:
    """Return surnames, how frequent they are, and the traditional characters."""
    folder = files("pubkit.names") / "data"
    lines = (folder / "surnames.tsv").read_text("utf-8").splitlines()
    surnames, weights = [], []
    for weight, signs in (line.split("\t")[:2] for line in lines if line[0].isdigit()):
        surnames += list(signs)
        weights += [float(weight) ** 6] * len(signs)
    pairs = (folder / "simplified.tsv").read_text("utf-8").splitlines()
    table = {ord(line[0]): line.split("\t")[1][0] for line in pairs if line[0] != "#"}
    return surnames, weights, table


def writers() -> dict[str, Callable[[Random], str]]:
    """Return what draws a name for each encoding."""
    surnames, weights, traditional = read_tables()

    def chinese(random: Random) -> str:
        given = GIVEN + RARE if random.random() < 0.2 else GIVEN
        signs = random.choices(given, k=random.choice((1, 2, 2)))
        return random.choices(surnames, weights)[0] + "".join(signs)

    return {
        "gb18030": chinese,
        "big5": lambda random: chinese(random).translate(traditional),
        "euc_kr": signs_of(KOREAN, 3, 3),
        "cp932": signs_of(JAPANESE, 3, 5),
        "cp1251": names_of(RUSSIAN),
        "cp1253": names_of(GREEK),
        "cp1252": names_of(WESTERN),
        "cp1250": names_of(POLISH),
        "utf-8": chinese,
    }


def measure_encodings(rosters: int) -> None:
    """Print, for each encoding and size of a roster, how many are right, asked for, mistaken."""
    print("| encoding | names | right | asked | mistaken |\n|---|---:|---:|---:|---:|")
    for encoding, draw in writers().items():
        for size in (1, 2, 3, 5, 10, 50):
            random = Random(size)
            found = Counter(judge(encoding, draw, size, random) for _ in range(rosters))
            figures = " | ".join(str(found[what]) for what in ("right", "asked", "mistaken"))
            print(f"| {encoding} | {size} | {figures} |")


def judge(encoding: str, draw: Callable[[Random], str], size: int, random: Random) -> str:
    """Tell what becomes of a roster that says nothing but names, addresses and languages."""
    names: list[str] = []
    while len(names) < size:
        name = draw(random)
        if name.encode(encoding, "ignore").decode(encoding) == name:
            names.append(name)
    lines = (f"m{number}@example.org,{name},en\n" for number, name in enumerate(names))
    data = ("email,name,language\n" + "".join(lines)).encode(encoding)
    try:
        table = read_table(data, path="r", count_headings=lambda row: count_headings(row, {}))
    except DeliveryError:
        return "asked"
    return "right" if [row.cells[1] for row in table.rows] == names else "mistaken"


# ---------------------------------------------------------------- addresses


def measure_addresses(number: int) -> None:
    """Compare the short way with the library on addresses that are nearly right."""
    random = Random(1)
    found: Counter[str] = Counter()
    for text in (nearly(random) for _ in range(number)):
        ours, theirs = ours_of(text), library_of(text)
        found["both accept" if ours else "both refuse" if ours == theirs else "unlike"] += 1
        if ours != theirs:
            print("unlike:", repr(text), ours, theirs)
            found["unlike"] += bool(ours)
    print(dict(found))
    texts = [f"member{n}@host{n % 300}.example.org" for n in range(20_000)]
    for name, way in (("pubkit", ours_of), ("email_validator", library_of)):
        begun = time.process_time()
        for text in texts:
            way(text)
        print(f"{name}: {(time.process_time() - begun) / len(texts) * 1e6:.1f} µs for an address")


def nearly(random: Random) -> str:
    """Return a text that is an address, or one sign away from it."""
    label = "abXZ09-" + "_" * (random.random() < 0.1)
    parts = [
        "".join(random.choices(label, k=random.randint(1, 8))) for _ in range(random.randint(1, 4))
    ]
    local = "".join(
        random.choices(
            "abZ09.!#$%&'*+/=?^_`{|}~-" + '"(),:;<>[\\] @',
            k=random.randint(1, 9),
            weights=[4] * 25 + [0.05] * 13,
        )
    )
    ending = random.choice(("org", "example", "x", "c0m", "0", "co-m", "xn--p1ai", "museum" * 9))
    return f"{local}@{'.'.join([*parts, ending])}".strip()


def ours_of(text: str) -> str | None:
    """Return what pubkit makes of a text."""
    try:
        return parse_address(text)
    except AddressError:
        return None


def library_of(text: str) -> str | None:
    """Return what the library makes of it, with the local part as it was written."""
    try:
        found = validate_email(text, check_deliverability=False, strict=True)
    except EmailNotValidError:
        return None
    return f"{text.rpartition('@')[0]}@{found.ascii_domain}"


# ---------------------------------------------------------------- speed


def measure_speed(members: int) -> None:
    """Print how long rosters take in each format, and how much memory."""
    with TemporaryDirectory() as name:
        for path in written(Path(name), members):
            command = [sys.executable, "-m", "benchmarks.members", "read", "--file", str(path)]
            subprocess.run(command, check=True)  # noqa: S603


def read_once(path: Path) -> str:
    """Read a roster in a process of its own; return what it took."""
    config = Config(root=path.parent, project=ProjectSettings(languages=("en", "zh")))
    begun, clock = time.process_time(), time.perf_counter()
    roster = read_members(config, str(path))
    spent, passed = time.process_time() - begun, time.perf_counter() - clock
    begun = time.process_time()
    members_digest(config, str(path))
    again = time.process_time() - begun
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"{path.name}: {len(roster.recipients):,} members, {len(roster.refusals)} refused, "
        f"{spent:.1f} s ({passed:.1f} s passed), digest {again:.2f} s, {largest} MB at most"
    )


def written(folder: Path, members: int) -> Iterator[Path]:
    """Yield a roster in each format."""
    draw, random = writers()["gb18030"], Random(1)
    rows = [["姓名", "邮箱", "语言", "分组", "职务"]]
    for number in range(members):
        name = draw(random) if number % 2 else f"Anna {number} Weber"
        address = f"member{number}@host{number % 300}.example.org"
        language, group = random.choice(("zh", "English")), random.choice(("A", "B；C"))
        rows.append([name, address, language, group, random.choice(("教授", ""))])
    text = "\n".join(map(",".join, rows))
    for name, encoding in (("utf-8.csv", "utf-8"), ("gbk.csv", "gb18030")):
        (folder / name).write_bytes(text.encode(encoding))
        yield folder / name
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(folder / "book.xlsx")
    del rows, text
    yield folder / "book.xlsx"


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.members")
    parser.add_argument("what", choices=("encodings", "addresses", "speed", "read"))
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rosters", type=int, default=2_000)
    parser.add_argument("--number", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=200_000)
    options = parser.parse_args()
    if options.what == "encodings":
        measure_encodings(options.rosters)
    elif options.what == "addresses":
        measure_addresses(options.number)
    elif options.what == "read":
        print(read_once(options.file))
    else:
        measure_speed(options.members)


if __name__ == "__main__":
    main()
