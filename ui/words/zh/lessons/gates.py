"""Chinese. What a gate does."""

WORDS = {
    "lesson.gates": "门做什么",
    "lesson.gates.about": "保留、写入、显示：一个单元的三扇门，先由我们手工搭好，再由你来拨动。",
    "lesson.gates.one_unit.title": "一个单元，一个数",
    "lesson.gates.one_unit.says": "这个网络是手工搭成来计数的：读到 a 加 1，读到 b 减 1。细胞状态 c 就是计数。",
    "lesson.gates.one_unit.look": "按 →，看公式里的 c。",
    "lesson.gates.writes.title": "输入门负责写入",
    "lesson.gates.writes.says": "i 决定候选状态 c̃ 有多少写进 c。读到 a 时，i 是 1，c̃ 也是 1。",
    "lesson.gates.writes.ask": "下一个词元还是 a。c 往哪边走？",
    "lesson.gates.writes.reply.up": "保留下来的是 {before}，又写入 1：{after}。",
    "lesson.gates.writes.reply.same": "什么都不写时它才不变；但 i 是 1，所以加上 c̃ = 1：{after}。",
    "lesson.gates.writes.reply.down": "读到 b 时才下降，那时候选状态是 −1。这里是 a：{after}。",
}
