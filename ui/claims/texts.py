"""Texts on which claims are measured, where a task's own sequences are not generated."""

from __future__ import annotations

from collections.abc import Mapping

SURNAMES: Mapping[str, tuple[str, ...]] = {
    language: tuple(names.split())
    for language, names in {
        "Croatian": "horvat kovacevic babic maric novak",
        "Dutch": "bakker janssen visser mulder dekker",
        "English": "smith taylor walker robinson thompson",
        "Finnish": "virtanen korhonen nieminen makinen laine",
        "French": "dubois moreau lefebvre girard rousseau",
        "German": "schneider fischer weber schulz hoffmann",
        "Greek": "papadopoulos georgiou nikolaidis pappas antoniou",
        "Italian": "rossi ferrari esposito bianchi ricci",
        "Polish": "kowalski nowak wisniewski zielinski kaczmarek",
        "Russian": "ivanov petrov sokolov kuznetsov lebedev",
        "Spanish": "garcia fernandez gonzalez rodriguez martinez",
        "Swedish": "andersson johansson karlsson nilsson lindberg",
    }.items()
}
ENDINGS: Mapping[str, str] = {  # that alone let a reader guess the language
    "Finnish": "nen",
    "Greek": "poulos",
    "Italian": "etti",
    "Polish": "ski",
    "Russian": "ov",
    "Swedish": "sson",
}

OPINIONS = (
    "the film is {}",
    "it was a {} film",
    "the acting is {}",
    "a {} story",
    "this is a {} movie , really",
)
GOOD_AND_BAD = (
    ("good", "bad"),
    ("wonderful", "terrible"),
    ("great", "awful"),
    ("funny", "boring"),
    ("brilliant", "dull"),
    ("excellent", "poor"),
)

SENTENCES = (
    "The old man the boats .",
    "Time flies like an arrow .",
    "They can fish in the can .",
    "The cat sat on the mat , and the dog barked .",
    "We have not seen him since Monday .",
    "In the beginning , there was nothing but water .",
    "Does anyone know what he said ?",
    "The committee will meet again in March , he added .",
    "A tall woman with a red hat opened the door .",
    "Prices rose quickly ; wages did not .",
    "He gave his sister two old books and a map .",
    "The company reported a small loss for the third quarter .",
)
TURNS = (  # alike up to a word, which the words after it make another part of speech
    ("I saw her duck .", "I saw her yesterday ."),
    ("He found her books .", "He found her asleep ."),
    ("I know that place .", "I know that he left ."),
    ("The light boat sank .", "The light was on ."),
    ("They felt that pain .", "They felt that he lied ."),
    ("He told her story .", "He told her everything ."),
    ("I like his car .", "I like his ."),
    ("He went to London .", "He went to sleep ."),
)
