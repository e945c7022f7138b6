"""Which characters people mean most often when they type a sound.

Lists of our own, from general knowledge of the language. They only order what :mod:`flows.characters.pinyin`
finds: a character that stands in none of them is found all the same, only later.
"""

from __future__ import annotations

from collections.abc import Mapping

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶肖阎余潘"
    "杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷"
    "施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪"
    "靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)
"""Surnames, the most frequent first."""

EVERYDAY = (
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现"
    "分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位"
    "因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师"
    "书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及"
    "今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结"
    "六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区"
    "即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友"
    "孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兴随县省州"
    "镇村乡街号楼室厅班级职测绘监价消防药翻译备土木筑矿冶农医财贸邮铁航范育乐戏剧族播继续硕博夜热念送病护排供"
    "显照低察善刻苦伤宝草停春河亚料块微皇帝圣严诗忘助欢福静冷章景忙谢雨雪船松旧楚麻妈爸哥姐妹爷奶娘姑嫁婚酒茶"
    "饭菜米油盐肉鱼鸟牛羊狗猫猪鸡虎龙树叶根枝园田野岭峰谷溪湖湾岸岛桥塔寺庙墙窗床桌椅灯衣帽鞋裤布丝棉针线刀枪"
    "炮弹箭旗帐坐睡醒梦醉喝唱跳舞画歌曲琴棋球票币银铜锡铝钢煤漆纸笔墨册页篇段句词节课考试卷答验证编码址箱柜货"
    "店铺摊厂租售购买卖债款税费付缴退换借欠存储仓库港列厢轮胎驾驶乘客旅游览赛练裁判冠季奖杯胜败输赢均衡厘尺寸"
    "吨斤升秒钟晨昏午晚昨左右旁角圆状橙绿蓝紫黑灰亮暗浓淡浅宽窄厚薄短粗细软硬慢迟优劣假虚恶丑弱贫富贵贱怒哀恨"
    "忧愁恐惊悲痛甜酸辣咸臭味"
)
"""Characters of everyday writing, the most frequent first, then those of schools, professions and things."""

ALSO_READ: Mapping[str, str] = {
    "长": "chang",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "查": "zha",
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "覃": "qin",
    "尉": "yu",
    "乐": "yue",
    "重": "chong",
    "行": "hang",
    "都": "du",
    "大": "dai",
    "调": "tiao",
    "校": "jiao",
    "朝": "zhao",
    "藏": "zang",
    "传": "zhuan",
    "弹": "tan",
    "降": "xiang",
    "参": "shen",
    "会": "kuai",
    "系": "ji",
    "便": "pian",
    "车": "ju",
    "厦": "xia",
    "六": "lu",
    "蚌": "beng",
    "番": "pan",
    "率": "shuai",
    "绿": "lu",
    "露": "lou",
    "折": "she",
    "择": "zhai",
    "差": "chai",
    "觉": "jiao",
    "削": "xiao",
}
"""A second reading that is as common as the first, in surnames, places and everyday words; ü is ``v``."""
