"""English. What a reader takes away."""

WORDS = {
    "take.open": "Take away",
    "take.numbers": "Numbers",
    "take.all": "All layers and directions, all digits: {count} numbers.",
    "take.too_many": "All layers and directions: {count} numbers. That is too much for CSV and JSON; npz takes them all.",
    "take.window": "Steps {first} to {last} of {total}, the ones shown.",
    "take.csv": "One number a row: layer, direction, symbol, step, token, unit, value. "
    "A token that a spreadsheet would take for a formula has an apostrophe before it.",
    "take.several": "The {count} networks in one file.",
    "take.csv_several": "One number a row, its network in the first column. "
    "A token that a spreadsheet would take for a formula has an apostrophe before it.",
    "take.pictures": "Pictures",
    "take.paper": "Background of the pictures",
    "take.paper.light": "light",
    "take.paper.dark": "dark",
    "take.heat": "Heatmaps",
    "take.diagram": "Cell at this step",
    "take.gone": "no longer shown",
    "take.network": "Network",
    "take.pytorch": "safetensors has PyTorch’s names and order of gates. Neither file holds the vocabulary.",
    "take.pytorch_kind": "safetensors has PyTorch’s names and order of gates; it does not say that {kind} follows the readout. "
    "Neither file holds the vocabulary.",
    "lacks.GRU": "PyTorch’s GRU resets after the product, this one before it. So there is no safetensors, and no code for PyTorch.",
    "lacks.LSTM (as printed)": "No framework computes the misprint. So there is no safetensors, and code for NumPy only.",
    "take.code": "Code",
    "take.again": "Short scripts with weights and numbers beside them. Each computes the run again and prints the largest difference.",
    "take.link": "Link",
}
