from trackers.reading.clean import clean, comparable, simplified


def test_traditional_script_with_pinyin_noise_becomes_plain() -> None:
    assert clean("自治區(qū)產(chǎn)業(yè)計量測試中心").text == "自治区产业计量测试中心"


def test_abbreviations_and_remarks_in_brackets_stay() -> None:
    assert clean("传感器(MEMS)、(一)目标、组织(OIML)").text == "传感器(MEMS)、(一)目标、组织(OIML)"


def test_every_cleaned_character_knows_its_place() -> None:
    text = "自治區(qū)<br/>監(jiān)管"
    cleaned = clean(text)
    assert cleaned.text == "自治区监管"
    assert [text[place] for place in cleaned.places] == list("自治區監管")


def test_ends_of_tags_go_and_damage_marks_stay() -> None:
    assert clean("基地、/p>\n面向?2个</div>").text == "基地、\n面向?2个"


def test_latin_words_that_look_like_tags_stay() -> None:
    assert clean("p 值与 a/b 之比").text == "p 值与 a/b 之比"


def test_simplified_keeps_the_length() -> None:
    assert simplified("計量監督管理") == "计量监督管理"


def test_comparable_sees_wording_alone() -> None:
    assert comparable("１．計量 監(jiān)管、") == comparable("1.计量监管") == "1计量监管"
