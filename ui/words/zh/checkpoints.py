"""中文。训练途中的网络：途中记录的权重。"""

WORDS = {
    "pick.checkpoint": "已更新权重次数",
    "checkpoint.trained": "训练后",
    "checkpoint.label": "第 {update} 次更新，共 {steps} 次",
    "checkpoint.reached": "{score} · 单元 {unit}：r = {r}",
    "checkpoint.says": "此时成绩：{scores}。在许多文字上，单元 {unit} 与“{what}”的 r = {r}。",
    "stepper.training": "训练记录",
    "stepper.checkpoint": "已更新权重次数：由当时的网络来读同一段文字（← →）",
    "badge.recorded": "第 {update} 次更新，共 {steps} 次 · 途中记录",
    "look.recorded": "请看：到第 {update} 次更新（共 {steps} 次），网络学会了什么，还没学会什么。在许多文字上，单元 {unit} 与“{what}”的 r = {r}；训练后为 {trained}。",
}
