"""中文。哪个词元改变了答案。"""

WORDS = {
    "measure.left_out": "逐个去掉",
    "seek.left_out": "请看：去掉哪个词元，这一步之后的答案就会不同。",
    "question.left_out": "各个条形加起来就是答案吗？",
    "reply.left_out": "不是。每个条形都是去掉那个词元后单独运行一次的结果，加起来没有意义。两个词元说的是同一件事时，它们的条形可能都很短，因为去掉一个，另一个还在。而且少了一个词就是另一段文字，后面的门会取别的值。",
    "aside.left_out": "这里把去掉各个词元的文字并排运行，不涉及改动：这个视图显示的是没有改动的网络。",
    "without.no_answers": "这个网络不给出答案，也就没有词元能改变答案。“换一个词元”可以看一个词元对记忆的作用。",
    "without.too_long": "用这个网络时，文字不超过 {most} 步才逐个去掉词元。缩短文字，就能看到哪个词元左右了答案。",
    "without.is": "第 {step} 步之后的答案是<b>“{answer}”</b>（{value}）。",
    "without.turns": "去掉“{token}”（第 {at} 步），答案会变成<b>“{other}”</b>（{would}）。",
    "without.most": "去掉“{token}”（第 {at} 步）变动最大，变为 {would}。",
    "without.none": "去掉任何一个词元，变动都不超过 0.005。",
    "without.nothing": "都不是",
    "without.up": "支持这个答案",
    "without.down": "反对这个答案",
    "without.bar": "“{answer}”：读全部词元时，减去不读这个词元时",
}
