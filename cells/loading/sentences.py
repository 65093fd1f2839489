"""What is said of a file of weights: by keys, so that other languages can say it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# Keys begin with the format, or with what is spoken of; those of the file as a whole are one word.
SENTENCES: Mapping[str, str] = {
    "named": "{name}: {fault}",
    "suffix": "{name}: {suffixes} are read; export the network to one of them",
    "large": "{name}: {size} MB; files up to {most} MB are read",
    "damaged": "{name}: damaged, or not a {format} file ({kind}: {error})",
    "parts": "it has more than {most} recurrent layers; save those that are to be shown alone",
    "network": "these weights do not make a network ({error})",
    # What a file is, where it is none that is read
    "is.lfs": "a pointer of Git LFS, without the weights; fetch them with git lfs pull",
    "is.gguf": "a GGUF file, in which no recurrent network of a framework is kept; save it from PyTorch or Keras",
    "is.tflite": "a TFLite model, made for running alone; save the Keras model that it was made from",
    "is.npy": "a single array of NumPy; save all weights with numpy.savez",
    "is.index": "an index of a model in shards, without the weights; load the model and save it as one file",
    "is.shard": "shard {one} of {all}, in which some of the weights are missing; load the model and save it as one file",
    "is.tar": "a tar archive; unpack it, and open the file of weights in it",
    "is.gzip": "packed with gzip; unpack it first",
    "is.pickle": "a pickle, which is code and never run here; save model.state_dict() with torch.save",
    # How a file keeps what is read
    "note.order": "{format} stacks the gates {gates}",
    "note.keeps": "there z keeps the old state; here u = 1 − z replaces it",
    "note.reset_before": "the reset gate acts on h before the product",
    "note.reset_after": "the reset gate acts after the product",
    "note.dropout": "dropout and batch_first are not kept and change nothing here",
    "note.guess": "that these layers read one another, in this order and with nothing between, is a guess from their sizes and names",
    "note.article": "its arrays are read by the names that articles give to them",
    "note.framework": "its arrays are read as {framework} names them; that it has the usual functions and reads from the first step on is assumed",
    "note.cudnn": "CuDNN keeps the blocks of its kernels transposed; here they are turned back",
    "note.raw": "{names} is read: the weight before dropout tears it",
    "note.learned": "it learned its first states ({names}); here they are zeros",
    "note.weights_alone": "the file holds weights alone: that it has tanh and reads from the first step to the last is assumed",
    "note.reads": "it reads what {kind} {name} computes, which is not shown",
    "note.behind": "what {kind} {name} makes of h is not shown",
    "note.head": "after h come several layers ({names} …), and what stands between them the file does not say: its answers are not shown",
    "note.handed_states": "in the model another layer gives it its first states; here they are zeros",
    "note.mask": "the model skips the steps that {name} masks, and keeps its states there; here every step is read",
    "note.stateful": "in the model its states go on from one batch to the next; here every text starts from zeros",
    "note.merged": "{name} joins its directions otherwise than side by side; here both are shown, and what is made of them is not",
    "note.two_ends": "it passes on the last h of each direction; these belong to different steps; what reads them is not shown",
    "note.first_states": "its first states come from elsewhere in the graph; here they are zeros",
    "note.lengths": "sequence_lens is an input of the graph; here all steps are read",
    "note.ours": "u replaces the old state; the name of the cell says where the reset gate acts",
    # Answers to what a file leaves open
    "ask.unknown": "{name} is not a question here; the file leaves open: {questions}",
    "ask.nothing": "{name} is not a question here; the file leaves nothing open",
    "ask.choice": "{question} cannot be {answer}; choose one of {choices}",
    # Arrays of any file
    "array.shape": "the shape of {name} is not one of an array; the file is damaged",
    "array.type": "{name} holds {type}; only float16, bfloat16, float32 and float64 are read (quantised weights must be saved as floats first)",
    "array.empty": "{name} is {shape}: there is nothing in it",
    "array.many": "{name} is {shape}; networks of more than {most} numbers are not read here",
    "array.count": "{name} says {shape} and holds {found}",
    "array.not_finite": "{name} holds NaN or infinity; save the weights of a step before that",
    # Layers of any file
    "stack.misfit": "{name} and those beside it do not fit: {fault}",
    "stack.deep": "{name} has {layers} layers; up to {most} are computed",
    "stack.rows": "{stack}: a {format} {cell} of {units} units stacks {wanted} rows of gates, but {found} were found; it may be another kind of layer",
    "stack.kernel": "kernel",
    "stack.recurrent": "recurrent kernel",
    "stack.bias": "bias",
    "stack.biases": "{name} has biases of another size",
    "stack.matrix": "{name} is {shape}; it must have rows and columns",
    # Zip archives
    "archive.files": "the archive holds {files} files; {most} are the most",
    "archive.large": "the archive unpacks to more than {most} MB",
    "archive.packed": "{name} is encrypted or packed in a way that is not read",
    # PyTorch's names, in .pt, .safetensors and .npz
    "torch.none": "no recurrent weights under PyTorch's names (weight_ih_l0, weight_hh_l0 …); it holds {names}",
    "torch.nothing": "no recurrent weights under PyTorch's names (weight_ih_l0, weight_hh_l0 …); it holds no weights at all",
    "torch.proj_size": "{name} projects h (proj_size), which is not supported; train it with proj_size=0",
    "torch.missing": "{name} is missing",
    "torch.wrapped": "{name} is a piece of a weight under a normalisation or mask; remove that before saving",
    "torch.gates": "{name} is {shape}; an RNN has (units, units) there, a GRU (3 · units, units), an LSTM (4 · units, units)",
    "torch.another": "{module} holds {names} beside its weights, which no layer of torch.nn has: it is another kind of cell, and would not be computed as it was trained",
    # A live model
    "live.unknown": "this {kind} is no network; give a file, a dictionary of arrays, or a model of PyTorch's or Keras's",
    "live.another": "{kind} is no recurrent layer of the framework's own, and would not be computed as it was trained",
    "live.none": "this {kind} has no recurrent layer of PyTorch's or Keras's own; one that was scripted, traced or quantised must be given as it was before",
    "live.silent": "its recurrent layers ({names}) were not called as modules when it ran; give the inputs that lead through them, and call layer(x), not layer.forward(x)",
    "live.sequence": "there is no sequence {sequence}: the batch has {count}, counted from 0",
    "live.apart": "{name}: {where}, more than {bound} apart; something in the model changes what the layer computes, or its numbers grow so fast that roundings do",
    "live.inputs": "in the model, {name} reads something else than the rows of the embedding; show what it really reads: view(recorded(model, …)[…])",
    "live.began": "in the model, {name} begins with other states than zeros; show it as it ran: view(recorded(model, …)[…])",
    "live.answers": 'what the model hands out is not made of h by its last linear layer alone; give readout="none" to show {name} without answers',
    "live.parts": "the model has several recurrent networks: choose one with part=, of {names}",
    "live.mask": "{name} skips steps before the last that it reads; give it a sequence that is padded at its end, or not at all",
    "live.mixed": "its layers have different nonlinearities ({names}); a network here has one",
    "live.merged": '{name} merges its two directions into one row; set merge_mode to "concat" to see both',
    # PyTorch's .pt
    "pt.old": "torch.save wrote it in its old format (as before PyTorch 1.6); torch.save(torch.load(f), f2) writes it anew in any PyTorch",
    "pt.other": "not a file of torch.save; save model.state_dict() with torch.save",
    "pt.script": "a TorchScript archive, which is code; save model.state_dict() with torch.save instead",
    "pt.no_pickle": "no data.pkl in the archive; save model.state_dict() with torch.save",
    "pt.quantised": "quantised or scripted weights ({name}); save model.state_dict() with torch.save before that",
    "pt.code": "it names {name}, which is code and is never run here; save model.state_dict() with torch.save alone",
    "pt.no_storage": "{found} is not a storage of PyTorch; save model.state_dict() with torch.save",
    "pt.no_dictionary": "it does not hold a dictionary of weights; save model.state_dict() with torch.save",
    "pt.strides": "{name} has {sizes} sizes and {strides} strides",
    "pt.beyond": "{name} reaches beyond its storage; the file is damaged",
    "pt.cut": "the storage of {name} is cut short; the file is damaged",
    "pt.more": "it describes more than weights; save model.state_dict() alone",
    "pt.nameless": "it calls something without a name; save model.state_dict() alone",
    "pt.operation": "it holds what no file of weights needs ({operation}); save model.state_dict() alone",
    "pt.adds": "it adds to {type}; save model.state_dict() alone",
    # Safetensors
    "safetensors.cut": "not a safetensors file, or it is cut short",
    "safetensors.header": "its header names no tensors; the file is damaged",
    "safetensors.many": "its header names {count} tensors; up to {most} are read",
    "safetensors.outside": "{name} lies outside of the file; it is cut short or damaged",
    "safetensors.bytes": "{name} says {shape} {type} but has {bytes} bytes",
    "safetensors.tensor": "its header does not say what {name} is; the file is damaged",
    # NumPy's .npz
    "npz.version": "{name} is written in version {version} of npy; save it with numpy.savez",
    "npz.objects": "{name} holds Python objects, which are code and never read; save floats",
    "npz.bytes": "{name} says {shape} {type} and has {bytes} bytes; it is damaged",
    # Names of articles and of other frameworks, in .npz and .safetensors
    "names.shape": "{name} is {shape}, which does not fit {units} units; each gate needs a matrix of its own, and all of one size",
    "names.cell": "a {kind} of {framework}, which no cell here computes; only its LSTM and GRU cells, and RNNs with tanh are read",
    "names.another": "{names} lie beside the matrices of the {cell}, which has none of these: it is another kind of cell, and would not be computed as it was trained",
    # Keras
    "keras.archive": "no config.json and model.weights.h5 in the archive; save it with model.save",
    "keras.layers": "it has more than {most} layers; save the recurrent ones as a model of their own",
    "keras.deep": "its models lie too deep in one another; save the recurrent layers as a model of their own",
    "keras.fed": "the model {name} within it reads {wanted} inputs and is given {found} values; save it as a model of its own",
    "keras.none": "no LSTM, GRU or SimpleRNN among its layers; it has {kinds}",
    "keras.no_weights": "no recurrent layer (LSTM, GRU, SimpleRNN) among its weights; it holds {names}",
    "keras.nothing": "no recurrent layer (LSTM, GRU, SimpleRNN) among its weights; it holds nothing",
    "keras.unbuilt": "layer {name} has no weights in the file; save the model once it is built",
    "keras.table": "layer {name} has {count} arrays where an embedding has one table; save the model before quantising it",
    "keras.role": "layer {name} has no {role} with rows and columns",
    "keras.gates": "{name} is {shape}; a SimpleRNN has (units, units) there, a GRU (units, 3 · units), an LSTM (units, 4 · units)",
    "keras.several": "{name} is, or is in, a layer of several cells; use a layer for each cell",
    "keras.configuration": "its configuration does not say what its layers are; save the model again",
    "keras.setting": "layer {name} has {setting}={found}; only {setting}={ours} can be computed here",
    # HDF5, in which Keras keeps weights
    "hdf5.library": "reading Keras files needs h5py: pip install h5py",
    "hdf5.endless": "the HDF5 library finds no end in it; the file is damaged",
    "hdf5.damaged": "the HDF5 library cannot read it; the file is damaged",
    "hdf5.many": "it has {count} numbers; more than {most} are not read here",
    "hdf5.groups": "too many groups at {name}; this is not a file of weights",
    "hdf5.link": "{name} is a link, and links are not followed; save it again",
    "hdf5.elsewhere": "{name} keeps its numbers in another file, which is not read; save it again",
    "hdf5.cut": "{name} says {shape} and the file holds less; it is cut short or damaged",
    "hdf5.attribute": "the attribute {name} is too long; save the model again",
    # ONNX
    "onnx.cut": "not an ONNX file, or it is cut short",
    "onnx.damaged": "not an ONNX file, or it is damaged",
    "onnx.fields": "it holds too many fields for a file of weights",
    "onnx.no_graph": "no graph in it; this is not an ONNX model",
    "onnx.nodes": "its graph has {count} nodes; up to {most} are read; export the recurrent part alone",
    "onnx.deep": "its graphs lie too deep in one another",
    "onnx.steps": "{name} is made in too many steps; simplify the graph before saving",
    "onnx.made": "its weights are copied to more than {most} numbers on the way to {name}; simplify the graph before saving",
    "onnx.elsewhere": "{name} is kept in another file, which is not read; export with external_data=False, or save the loaded model anew with onnx.save",
    "onnx.large": "{name} is {shape}; up to {most} numbers are read",
    "onnx.many": "{name} has more than {most} numbers",
    "onnx.count": "{name} says {shape} and holds {found} numbers",
    "onnx.domain": "a node {domain} {op} is not of ONNX itself; export the model without it (and before quantising)",
    "onnx.none": "no LSTM, GRU or RNN node in its graph: it has no recurrent layer",
    "onnx.products": "no LSTM, GRU or RNN node in its graph: single cells and some RNNs are exported as plain products; save the state_dict instead",
    "onnx.peepholes": "{op} node {node} has peepholes (input P), which are not supported; train it without",
    "onnx.clip": "{op} node {node} has clip, which is not supported; export it without",
    "onnx.input_forget": "{op} node {node} has input_forget, which couples its gates and is not supported",
    "onnx.direction": "{op} node {node} reads in direction {direction}; forward and bidirectional are read",
    "onnx.units": "{op} node {node} says hidden_size {said} and has {units} units",
    "onnx.activations": "{op} node {node} has activations {found}; only {ours} can be computed here",
    "onnx.computed": "{op} node {node}: {letter} is computed by {maker}, not in the file; export it with constant weights",
    "onnx.quantised": "{op} node {node}: {letter} is computed by {maker}, not in the file; export it before quantising",
    "onnx.input": "{op} node {node}: {letter} is an input of the graph, not in the file; export it with constant weights",
    "onnx.axes": "{op} node {node}: {letter} is {shape} {type}; it must have {axes} axes, the first of {directions}",
    "onnx.no_weights": "{op} node {node} has no weights",
    "onnx.states": "{op} node {node} starts from stored states that are not zero; a network here cannot",
    "onnx.reversed": "{op} node {node} reads what {maker} turned round in time; export it without",
    "onnx.lengths": "{op} node {node} has fixed sequence_lens, which are not supported; export it without",
}


class Sentence(NamedTuple):
    """One of `SENTENCES`; `blanks` are pairs of a {name} in it and what stands there, words or a sentence."""

    key: str
    blanks: tuple[tuple[str, str | Sentence], ...] = ()

    def __str__(self) -> str:
        return SENTENCES[self.key].format(**dict(self.blanks))


def sentence(key: str, /, **blanks: object) -> Sentence:
    """The sentence of a key, its {blanks} filled."""
    return Sentence(
        key,
        tuple((name, value if isinstance(value, Sentence) else str(value)) for name, value in blanks.items()),
    )
