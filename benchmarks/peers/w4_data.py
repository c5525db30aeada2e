# Peer side of the text benchmark, kept as it was written: the corpus with planted faults.
"""W4 corpus: reports of a county bureau, made from a seed.  100 paragraphs a report; known faults are
planted so that every checker can be held to the same list.
 law:   《...》 citation; 3 % are to a law not in the list of 1000
 dup:   a doubled function word 的的 了了 和和 是是 在在          (1 % of sentences)
 date:  an impossible date 2023年2月30日 / 2024年13月5日        (1 %)
 sum:   其中A甲a件、乙b件、丙c件,共计n件 with n wrong            (half of the sums)
"""
import random
A = ["社会救助", "儿童福利", "殡葬管理", "婚姻登记", "地名管理", "慈善组织", "养老服务", "残疾人福利", "社会组织", "行政区划", "流浪救助", "彩票公益金"]
B = ["暂行", "实施", "登记", "监督", "评估", "信息公开", "资金使用", "档案", "审批", "年度检查"]
C = ["办法", "条例", "规定", "细则", "通知", "意见", "规程", "标准", "指引"]
LAWS = [a + b + c for a in A for b in B for c in C][:1000]
FAKE = ["民政工作" + b + c for b in B for c in C]
S = ["本单位严格落实", "依照法定程序", "全面开展核查工作", "及时作出决定并送达当事人", "切实保障困难群众基本生活", "加强执法监督", "公开行政执法信息",
     "推进规范化建设", "按照要求报送材料", "健全工作机制", "组织业务培训", "定期开展抽查检查", "接受社会监督", "提升服务效能", "建立台账并归档"]
DUP = ["的的", "了了", "和和", "是是", "在在"]


def report(r, paras=100):
    out, truth = [], dict(law=0, dup=0, date=0, sum=0, cite=0)
    for _ in range(paras):
        p = []
        for _ in range(r.randint(3, 7)):
            x = r.random(); s = r.choice(S) + "，" + r.choice(S)
            if x < .20:
                truth["cite"] += 1
                if r.random() < .03: s = "根据《" + r.choice(FAKE) + "》，" + s; truth["law"] += 1
                else: s = "根据《" + r.choice(LAWS) + "》，" + s
            elif x < .21: s += r.choice(DUP[:1]) + "有关工作"; truth["dup"] += 1
            elif x < .22: s += "，" + r.choice(["2023年2月30日", "2024年13月5日", "2025年4月31日"]) + "前完成"; truth["date"] += 1
            elif x < .27: s += f"，于{r.randint(2020,2025)}年{r.randint(1,12)}月{r.randint(1,28)}日办结"
            elif x < .33:
                a, b, c = r.randint(1, 999), r.randint(1, 999), r.randint(1, 999); n = a + b + c
                if r.random() < .5: n += r.randint(1, 9); truth["sum"] += 1
                s += f"，其中城市{a}件、农村{b}件、其他{c}件，共计{n}件"
            p.append(s + "。")
        out.append("".join(p))
    return "\n\n".join(out), truth


def corpus(n, seed=5):
    r = random.Random(seed); docs, tot = [], {}
    for _ in range(n):
        t, tr = report(r); docs.append(t)
        for k, v in tr.items(): tot[k] = tot.get(k, 0) + v
    return docs, tot
