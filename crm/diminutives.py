"""Given names by all their forms: Александр, Олександр, Alexander and Саша are one name.

A group is one name in Russian, Ukrainian and English with what people are called by those who know them. A form may
belong to several groups: Саша is Александр and Александра, Слава may be any of five. Two forms are one name when they
share a group. Forms are compared as `folding.latin` writes them, so no transliteration has to be listed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from crm import folding

_GROUPS: Final = """
Александр Олександр Олександро Alexander Alexandr Aleksander Alex Al Саша Сашка Сашко Саня Санёк Шура Шурик Олесь Лесь Алекс
Александра Олександра Alexandra Alexandria Alex Саша Сашка Саня Шура Шурочка Леся Олеся Сашенька Sandra
Алексей Олексій Олекса Alexey Alexis Алёша Лёша Лёха Льоша Альоша Лёшка
Анастасия Анастасія Anastasia Anastacia Настя Настенька Ася Стася Настуся Асия Стейси Stacy
Анатолий Анатолій Anatoly Anatole Толя Толик Толян Натолій
Андрей Андрій Andrew Andreas Andre Андрюша Андрюха Дюша Andy Drew
Ангелина Ангеліна Angelina Angela Геля Лина Ліна Angie
Анна Ганна Anna Anne Ann Hanna Hannah Аня Анюта Нюра Нюша Анечка Ганнуся Галя Аннушка Annie Anya
Антон Антін Anton Anthony Antony Тоша Антоха Антоша Tony Tonny
Антонина Антоніна Antonina Antonia Тоня Тося Нина
Аркадий Аркадій Arkady Аркаша
Арсений Арсеній Arseniy Арсен Сеня Арсюша
Артём Артем Artem Artemy Тёма Тьома Артёмка Тёмыч
Артур Arthur Artur Артурчик Art
Богдан Bohdan Bogdan Бодя Богдана Даня Данко
Борис Boris Боря Борька Борисик
Вадим Vadim Vadym Вадик Вадя Дима
Валентин Valentin Valentine Валя Валик Валек
Валентина Valentina Валя Валюша Валечка Тина
Валерий Валерій Valery Валера Валєра Валерик Лера
Валерия Валерія Valeria Valerie Лера Валера Лєра Лерочка Валя
Варвара Barbara Варя Варенька Барбара Варька Barb Babs
Василий Василь Vasily Basil Вася Васька Васёк Василько Василько
Василиса Василіса Vasilisa Вася Васёна Лиса
Вера Віра Vera Верочка Вероня Віруся
Вероника Вероніка Veronica Ника Вера Ніка Рона Ronnie
Виктор Віктор Victor Витя Вітя Витёк Вітько Вик Vic
Виктория Вікторія Victoria Вика Віка Викуся Тори Vicky Vicki Tori
Виталий Віталій Vitaly Vitali Виталик Віталік Виталя Віталя Талик
Виталина Віталіна Vitalina Вита Віта Лина
Владимир Володимир Vladimir Volodymyr Володя Вова Вовка Вован Вовчик Влад Володька Володько
Владислав Vladislav Vladyslav Влад Владик Слава Владя Славик
Владислава Vladislava Влада Слава Владуся
Влада Vlada Владислава Владлена Лада
Всеволод Vsevolod Сева
Вячеслав Вʼячеслав Viacheslav Vyacheslav Слава Славик Вячик Славко
Галина Halyna Galina Галя Галочка Галка Галинка Ганя
Геннадий Геннадій Gennady Hennadii Гена Генка Геша
Георгий Георгій George Georgiy Жора Гоша Гога Егор Юрий Юра
Герман Herman German Гера
Глеб Гліб Hlib Gleb Глебушка
Григорий Григорій Gregory Hryhoriy Grigory Гриша Гришка Грицько Гріша Greg
Данил Даниил Данило Данила Даниель Daniel Danylo Danil Даня Данька Дан Данік Dan Danny
Дарья Дарина Дарія Daria Darya Darina Даша Дарька Дашуня Даря Dasha
Давид Давід David Давыд Дава Додик Dave Davy
Денис Dennis Denis Denys Ден Дэн Дениска Диня Den
Диана Діана Diana Дина Ди Diane Di
Дина Діна Dina Динара Надина
Дмитрий Дмитро Dmitry Dmytro Dimitri Дима Діма Митя Димон Дімон Митяй Дмитрик Dima
Евгений Євген Євгеній Eugene Yevhen Evgeny Женя Женька Жека Євгенко Gene
Евгения Євгенія Евгенія Eugenia Yevheniia Evgenia Женя Женька Жека Геня
Евдокия Євдокія Явдоха Дуня Дуся Eudocia
Егор Єгор Егорка Yegor Гоша Георгий Жора
Екатерина Катерина Catherine Katherine Kateryna Ekaterina Katarina Катя Катюша Катруся Катька Катенька Кейт Kate Katie Kathy Cathy Cate Kat Kitty
Елена Олена Helen Helena Elena Olena Лена Лєна Леночка Оленка Оленочка Алёна Альона Аліона Lena Ellen Nell
Алёна Альона Олена Елена Alyona Alena Лена Алёнка
Елизавета Єлизавета Елізавета Elizabeth Elisabeth Yelyzaveta Лиза Ліза Лизавета Элиза Lisa Liza Beth Liz Betty Eliza Bess Betsy Libby
Захар Zachary Zakhar Захарий Zach Zack
Зинаида Зінаїда Zinaida Зина Зіна
Зоя Zoe Zoya Зойка Зоечка
Иван Іван Ivan John Йван Ваня Іванко Ванька Ванечка Івась Джон Johnny Jack
Игнат Ігнат Игнатий Ignat Гнат
Игорь Ігор Igor Ihor Игорёк Ігорко Гарик Игорёша
Илья Ілля Ілья Elijah Ilya Illia Elias Илюша Ілюша Илюха Ілько Eli
Инна Інна Inna Инночка Інуся
Инесса Інеса Inessa Agnes Инна
Ирина Ірина Irina Iryna Irene Ира Іра Иришка Іринка Ириша Орися Ярина Иринка Irka Rena
Каролина Кароліна Carolina Caroline Carol Carrie Лина Кара
Карина Каріна Karina Carina Кара Рина
Кирилл Кирило Cyril Kyrylo Kirill Кир Кирюша Кирюха Кіря
Клавдия Клавдія Claudia Клава Клаша
Константин Костянтин Constantine Konstantin Kostiantyn Костя Костик Кость Костян Дин
Кристина Христина Крістіна Christina Kristina Khrystyna Christine Кристя Христя Крис Тина Chris Tina Christy Kris
Ксения Ксенія Оксана Xenia Ksenia Oksana Ксюша Ксюха Ксеня Оксанка Ксана Аксинья
Оксана Oksana Оксанка Ксеня Ксюша Ксана Оксаночка
Лариса Larissa Larysa Лара Лариска Ляля
Лев Леон Leo Lev Leon Лёва Льова Лёвушка
Леонид Леонід Leonid Leonidas Лёня Льоня Лёнька Leo
Лилия Лілія Lilia Lily Lilian Лиля Ліля Лилиана Lillian Lil
Лидия Лідія Lydia Lidia Лида Ліда Лидочка
Любовь Любов Любава Liubov Lyubov Люба Любаша Люся
Людмила Ludmila Liudmyla Lyudmyla Люда Люся Мила Люсьена Мила Людочка
Людмила Милана Мила Міла Mila
Майя Мая Maya Maia Маечка
Макар Makar Макарий
Максим Maxim Maksym Maximilian Макс Максимка Max
Маргарита Margarita Margaret Marharyta Рита Марго Маргоша Maggie Meg Peggy Greta Rita
Марина Маріна Marina Maryna Мариша Маринка Марися
Мария Марія Марья Mary Maria Marie Маша Маня Маруся Машенька Марічка Манька Муся Мари Марийка Molly Polly Masha
Марк Mark Marcus Marco Маркиян Марко
Марта Martha Marta Марточка
Матвей Матвій Matthew Matvii Matvey Мотя Матюша Matt
Марьяна Марʼяна Мариана Mariana Marianna Marjana Марʼянка Яна
Михаил Михайло Michael Mikhail Mykhailo Миша Мишка Михась Михайлик Михасик Mike Mick Misha Mickey
Надежда Надія Nadezhda Nadia Nadiya Надя Надюша Надійка Надин Nadine Hope
Назар Nazar Назарій Назарчик
Наталья Наталія Наталя Natalia Natalie Nataliya Наташа Ната Наталка Таша Туся Natasha Nat
Нелли Неля Нелля Nelly Нонна Nellie
Никита Микита Nikita Mykyta Ник Никитос Кіта
Николай Микола Nicholas Nicolas Mykola Nikolai Коля Колян Николаша Миколка Микольцьо Ник Nick Nico
Нина Ніна Nina Нинуля Ниночка Антонина
Оксентий Аксентий Оксен
Олег Oleg Oleh Олежка Олежик Олежко
Олеся Леся Лєся Olesia Lesya Лесенька Олександра
Ольга Olga Olha Оля Олечка Лёля Ляля Олюшка Оленька Хельга Helga
Остап Ostap Остапчик Евстафий
Павел Павло Paul Pavel Pavlo Паша Павлик Павлуша Пашка Павлусь Pasha
Пётр Петро Петр Peter Petro Piotr Петя Петрик Петька Петрусь Pete Pierre
Полина Поліна Pauline Polina Поля Полинка Паулина Аполлинария
Прохор Прокопий Прокоп Проша
Раиса Раїса Raisa Рая Раечка
Ренат Ринат Rinat Renat
Римма Рімма Rimma Римуля
Роман Roman Рома Ромка Ромчик Ромашка Ромко Roma
Ростислав Rostyslav Rostislav Ростик Слава Ростя
Руслан Ruslan Русик Русланчик
Руслана Ruslana Руся Лана
Светлана Світлана Svetlana Svitlana Света Світа Светик Светочка Лана Світланка Lana
Святослав Sviatoslav Svyatoslav Слава Свят Святик
Семён Семен Simon Semyon Сёма Сеня Сьома Семенко
Сергей Сергій Sergey Serhii Sergei Serge Серёжа Серёга Сережа Серж Сєрий Сергійко Серега Сірожа
София Софія Софья Sophia Sofia Sophie Соня Софа Софійка Сонечка Sonya Sophy
Соломия Соломія Solomia Соля Солоха Мия
Станислав Станіслав Stanislav Стас Стасик Слава Станько Stas Stan
Станислава Станіслава Stanislava Стася Слава
Степан Степано Stephen Stepan Steven Стефан Стёпа Стьопа Степанко Steve Stefan
Снежана Сніжана Snezhana Snizhana Снежа
Тамара Tamara Тома Томочка Tammy
Тарас Taras Тарасик Тарасько
Татьяна Тетяна Tatiana Tetiana Tatyana Таня Танюша Танька Тата Танечка Tanya Tania
Тимофей Тимофій Timothy Tymofii Тима Тимоша Tim Тимка
Тимур Timur Тима Тимурчик
Тихон Tikhon Тиша
Ульяна Уляна Uliana Ulyana Уля Улянка Уляся
Фёдор Федір Федор Theodore Fedor Fyodor Федя Федько Тео Ted Teddy
Филипп Пилип Філіп Philip Phillip Филя Фил Phil
Эдуард Едуард Edward Eduard Эдик Едік Эд Ed Eddie Ted Ned Teddy
Элеонора Елеонора Eleanor Эля Нора Ellie Nora
Эльвира Ельвіра Elvira Эля Эльза
Эмилия Емілія Emily Emilia Эмма Мила Эмили Емма Em
Эмма Емма Emma Эммочка
Юлия Юлія Юлиана Julia Yulia Juliana Juliet Юля Юляша Юлька Юльчик Julie
Юрий Юрій Yury Yurii George Юра Юрко Юрик Юрась Георгий Жора
Ярослав Yaroslav Jaroslav Слава Ярик Ярко Славик
Ярослава Yaroslava Слава Яра Яся Славка
Яков Яків Jacob Yakov James Яша Яшка Jake Jim Jimmy
Яна Yana Jana Янина Яночка Іоанна
Янина Яніна Janina Яна
Роберт Robert Роб Rob Bob Bobby Robbie Bert
William Вильям Уильям Bill Billy Will Willy Liam
Richard Ричард Rick Dick Rich Ricky
Charles Чарльз Charlie Chuck Carl
Thomas Томас Фома Хома Том Tom Tommy
Joseph Иосиф Осип Йосип Joe Joey Jose
Samuel Самуил Самуїл Sam Sammy
Benjamin Вениамин Веніамін Веня Ben Benny
Jonathan Jonathon Jon Nathan John
Christopher Christian Chris Kit Topher
Nicholas Nicolas Nick Nicky Klaus
Joshua Josh
Susan Susanna Сюзанна Sue Suzy Suzanne
Jennifer Jenny Jen Jenna
Jessica Джессика Jess Jessie
Rebecca Ребекка Becky Becca
Deborah Debra Deb Debbie
Patricia Patrick Pat Patty Trish
Lawrence Laurence Larry Лаврентий Лаврентій
Frederick Фредерик Fred Freddy
Henry Генри Harry Hal Генрих
Gabriel Габриэль Гавриил Гаврило Gabe
Gerald Gerard Jerry Gerry
Ronald Рональд Ron Ronnie
Raymond Раймонд Ray
Амина Аміна Amina Аминат
Арина Аріна Arina Ариша Орина
Алиса Аліса Alice Alisa Алиска Ali
Аделина Аделіна Adelina Adele Аделя Лина
Альбина Альбіна Albina Аля Бина
Алина Аліна Alina Алинка Аля Лина
Алла Alla Аллочка Аля
Эльдар Ельдар Eldar
Рустам Rustam Рустик
Тигран Tigran Тиграша
Ашот Ashot Ашотик
Мурат Murat Мурад
"""


def _read() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.strip().splitlines()):
        for form in line.split():
            found.setdefault(folding.latin(form), set()).add(number)
    return {form: frozenset(groups) for form, groups in found.items()}


@lru_cache(maxsize=1)
def _forms() -> dict[str, frozenset[int]]:
    """Read when first asked for: a start does not pay for it."""
    return _read()


def groups(form: str) -> frozenset[int]:
    """The names a form (as `folding.latin` writes it) may stand for; none when it is no given name that is known."""
    return _forms().get(form, frozenset())


def one_name(one: str, other: str) -> bool:
    """Whether two forms may be one name: Саша and Олександр, Саша and Александра, not Александр and Александра."""
    some = groups(one)
    return bool(some) and not some.isdisjoint(groups(other))
