"""中文。在这里训练出来的网络，以及它去到的地方。"""

WORDS = {
    "learned.begun": "训练之前",
    "learned.badge": "在此训练 · 更新 {update} 次，共 {steps} 次",
    "learned.label": "更新 {update} 次",
    "learned.scores": "在少量未用于训练的序列上：{scores}。",
    "learned.again": "在此更新权重 {steps} 次。相同的设置得到相同的权重：`{command}`。",
    "look.begun": "请看：这个网络还什么都没有学过。这是训练开始时的权重，它的回答只是猜测。",
    "look.learned": "请看：更新 {update} 次之后，网络学会了什么。单元 {unit} 的状态与“{what}”相关（{r}）。",
    "look.learned_none": "请看：更新 {update} 次之后，网络学会了什么。还没有哪个单元与“{what}”明显相关：最接近的是单元 {unit}，也只有 {r}。",
    "fault.link_learned": "这个画面用的是在另一次会话里更新了 {update} 次的网络，链接里不含它的权重。请在“训练”一页再训练一遍：相同的设置得到完全相同的权重。",
    "take.card": "卡片",
    "take.card_says": "卡片写明它怎样训练、成绩如何，以及权重的校验和。要再训练一遍：",
}
