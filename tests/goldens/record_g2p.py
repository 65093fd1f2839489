"""Records what g2p-en's own NumPy code says. Recorded with g2p-en 2.1.0:

python -m tests.goldens.record_g2p

Importing the package would download more, so its functions are cut out of its source and run alone.
"""

from __future__ import annotations

import ast
import io
import json
import os
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from cells.training.packages import PACKAGES, archive, members

METHODS = ("load_variables", "sigmoid", "grucell", "gru", "encode", "predict")
LISTS = ("graphemes", "phonemes", "g2idx", "idx2g", "p2idx", "idx2p")
WORDS = """
a i o an at be by do go he if in is it me my no of on or so to up us we the and you that was for are with
his they this have from one had word but not what all were when your can said there use each which she how
their will other about out many then them these some her would make like him into time has look two more
write see number way could people than first water been call who oil its now find long down day did get come
made may part over new sound take only little work know place year live back give most very after thing our
just name good sentence man think say great where help through much before line right too mean old any same
tell boy follow came want show also around form three small set put end does another well large must big
even such because turn here why ask went men read need land different home move try kind hand picture again
change off play spell air away animal house point page letter mother answer found study still learn should
world high every near add food between own below country plant last school father keep tree never start city
earth eye light thought head under story saw left though tough cough bough dough thorough hiccough knight
knife gnome psalm pneumonia rhythm queue choir yacht colonel island debt subtle receipt salmon half calm
talk walk sword listen castle fasten whistle chaos character machine chef cheese church technique unique
antique league vague tongue plague catalogue nation station vision mission passion fashion ocean musician
physician suspicion religion region legion beautiful necessary separate definitely government environment
restaurant entrepreneur bureaucracy photograph photographer photographic democracy democratic economy
economic history historical recurrent network memory gradient sequence forget input output update reset
candidate hidden state neuron algorithm mathematics probability function derivative integral matrix vector
tensor embedding perceptron language translation grapheme phoneme spelling pronunciation vocabulary
dictionary alphabet monday tuesday wednesday thursday friday saturday sunday january february august
september london paris berlin tokyo madrid moscow beijing chicago houston philadelphia connecticut
massachusetts smith jones williams garcia schmidt nguyen kowalski papadopoulos johansson tanaka ivanov rossi
streamlit activationist keras pytorch onnx tensorflow wikipedia kubernetes blick snorp wug gutch flimber
trossing plonderful quazzle vorpal brillig slithy mimsy borogove jabberwock frumious galumphing chortle
zorbing yintle kraff splunge throxic glimmerate unwhimsical nerfulate phlogistonic xylocrastic quonk oobleck
snarf blorptastic dweezil zizzle whumpf shlomp gribbly mxyzptlk qwerty asdf zzz bcd aeiou rrr wwwww
xylophone jazz fizz buzz pizza antidisestablishmentarianism floccinaucinihilipilification
supercalifragilisticexpialidocious pneumonoultramicroscopicsilicovolcanoconiosis internationalization
uncharacteristically it's don't o'clock rock'n'roll e-mail x-ray naïve café zürich 3rd co2 résumé
bananabananabananabananabanana mississippimississippimississippi
"""


def reference() -> SimpleNamespace:
    """The package's class with its lists and weights, without the rest of its __init__."""
    files = members(archive("g2p-en"), "g2p_en/*")
    tree = ast.parse(files["g2p_en/g2p.py"])
    (whole,) = (node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "G2p")
    (init,) = (node for node in whole.body if isinstance(node, ast.FunctionDef) and node.name == "__init__")
    init.body = [
        node
        for node in init.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Attribute)
        and node.targets[0].attr in LISTS
    ]
    methods = [node for node in whole.body if isinstance(node, ast.FunctionDef) and node.name in METHODS]
    assert len(init.body) == len(LISTS) and len(methods) == len(METHODS)
    whole.body = [init, *methods]
    weights = np.load(io.BytesIO(files["g2p_en/checkpoint20.npz"]), allow_pickle=False)
    # Its load_variables reads a file beside the installed package; here np.load answers with the weights.
    its_numpy = SimpleNamespace(**{**vars(np), "load": lambda _: weights})
    names = {"np": its_numpy, "os": os, "dirname": ""}
    exec(compile(ast.Module([whole], []), "g2p.py", "exec"), names)
    made = names["G2p"]()
    made.load_variables()
    return made


if __name__ == "__main__":
    its = reference()
    package = PACKAGES["g2p-en"]
    words = tuple(dict.fromkeys(WORDS.split()))
    answers = {word: " ".join(its.predict(word)) for word in words}
    golden = {
        "version": f"{package.name} {package.version}",
        "graphemes": its.graphemes,
        "phonemes": its.phonemes,
        "words": answers,
    }
    path = Path(__file__).parent / "g2p.json"
    path.write_text(json.dumps(golden, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(answers)} words")
