"""Which characters foreign names are written with in Chinese."""

CHARACTERS = frozenset(
    "阿埃艾安昂奥巴拜班邦保鲍贝本比彼毕别宾波伯博勃布查达戴丹当道德登邓狄迪蒂丁杜顿多额厄恩"
    "尔法凡范方菲费芬丰佛夫弗福富盖甘冈高戈哥歌格葛根贡古瓜圭果哈海汉豪赫黑亨洪胡华怀惠霍基吉"
    "加贾简杰捷金津京久居卡凯坎康考科可克肯孔库夸昆拉莱赖兰朗劳勒雷蕾里理利丽莉莲连廉良列林琳"
    "灵龙隆卢鲁路吕伦罗洛马玛麦迈曼芒毛梅门蒙孟米密蜜敏明摩莫默姆木穆拿那娜纳乃奈南内尼妮涅"
    "宁牛纽农努诺欧帕派潘庞佩彭皮平珀婆蒲浦普奇齐恰乔切琴丘曲让热日荣茹儒瑞若撒萨塞赛桑瑟森"
    "沙莎珊尚舍申圣施什史士舒朔斯思丝松苏孙索塔泰坦唐陶特腾提廷通图托瓦旺威维伟魏温文翁沃乌"
    "武西希锡夏香肖谢辛欣休许雪雅亚延扬耶叶伊易因英尤于约泽扎詹珍芝治朱卓兹子佐茨蓬翰逊逸露"
    "娃薇韦惟瑙缇黛妲芙嘉珠琪琼瑶蓓茜芭桃茵缪赞赵增曾章哲仁雨弥吾甫什娅"
)
"""The characters of the tables of transliteration, those of surnames of great writers included."""


def is_between_foreign_names(text: str, place: int) -> bool:
    """Tell whether the mark at a place stands between parts of a foreign name."""
    before, after = text[max(0, place - 2) : place], text[place + 1 : place + 3]
    return (
        len(before) == len(after) == 2
        and CHARACTERS.issuperset(before)
        and CHARACTERS.issuperset(after)
    )
