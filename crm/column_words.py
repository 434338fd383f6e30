"""The headings under which people and programs keep what a card holds, in Russian, Ukrainian and English.

Compared folded (`crm.columns.key`): case, hyphens, apostrophes, numbers and signs do not matter, nor whether a word is
spelt the Russian or the Ukrainian way. Sources: the exports of Google Contacts (before and after 2024), Outlook (English and
Russian), HubSpot, amoCRM, Bitrix24, SendPulse, iCloud, and sheets kept by hand.
"""

from __future__ import annotations

from typing import Final

HEADINGS: Final[dict[str, str]] = {
    "name": """
        имя | ім'я | name | фио | піб | ф и о | п і б | full name | fullname | имя и фамилия | фамилия и имя | фамилия имя
        | имя фамилия | фамилия имя отчество | прізвище та ім'я | прізвище ім'я | прізвище ім'я по батькові | ім'я та прізвище
        | клиент | клієнт | контакт | контактное лицо | контактна особа | полное имя | повне ім'я | display name | file as
        | contact name | customer | customer name | client | client name | contact | название контакта | наименование контакта
        | покупатель | покупець | заказчик | замовник | гость | гість | пациент | пацієнт | ученик | учень | имя контакта
        | основной контакт | имя клиента | ф.и.о. клиента | фио клиента | піб клієнта | name surname | person | людина | человек
        """,
    "first_name": "first name | firstname | given name | имя собственное | перше ім'я | name first | fname | forename",
    "last_name": "фамилия | прізвище | last name | lastname | surname | family name | lname | second name | name last",
    "middle_name": "отчество | по батькові | middle name | middlename | additional name | patronymic | name middle",
    "phone": """
        телефон | телефоны | телефони | номер телефона | номер телефону | тел | моб | мобильный | мобільний | мобильный телефон
        | мобільний телефон | сотовый | сотовый телефон | контактный телефон | контактний телефон | рабочий телефон
        | робочий телефон | домашний телефон | домашній телефон | другой телефон | інший телефон | рабочий прямой телефон
        | основной телефон | телефон мобильный | телефон рабочий | телефон для sms рассылок | phone | phones | phone number
        | mobile | mobile phone | mobile phone number | cell | cell phone | tel | telephone | telephone number | phone value
        | home phone | business phone | primary phone | other phone | work phone | main phone | car phone | company main phone
        | phones number | whatsapp | viber | вайбер | ватсап | whatsapp phone number | контактный номер | дополнительный телефон
        | додатковий телефон | номер мобильного | мобильный номер | номер мобільного | msisdn | phone mobile | phone home | phone work
        """,
    "email": """
        email | e mail | mail | почта | пошта | эл почта | ел пошта | электронная почта | електронна пошта | адрес эл почты
        | адрес электронной почты | електронна адреса | рабочий email | личный email | другой email | рабочий e mail
        | частный e mail | другой e mail | e mail для рассылок | email address | email value | e mail value | emails | имейл | емейл | мейл
        | e mail address | work email | personal email | адреса ел пошти | адреса електронної пошти | additional email addresses
        | почтовый ящик | домашний e mail | робочий email | особистий email | основний email | ещё почта | ще пошта | more e mails
        """,
    "birthday": """
        день рождения | дата рождения | др | д р | д/р | день народження | дата народження | дн | birthday | birth date
        | birthdate | date of birth | dob | date of birthday | родился | bday
        """,
    "city": """
        город | місто | city | town | населенный пункт | населений пункт | address city | home city | business city
        | other city | город дом адрес | город раб адрес | город дом | город раб | адрес город | местоположение | место жительства
        | город проживания | город клиента | locality | home address city | work address city
        """,
    "organisation": """
        компания | компанія | организация | організація | company | company name | organization | organisation
        | organization name | фирма | фірма | место работы | місце роботи | название компании | назва компанії | employer
        | associated company | компания контакта | юрлицо | предприятие | підприємство | business name
        """,
    "position": """
        должность | посада | position | job title | jobtitle | organization title | job | профессия | професія | role
        """,
    "sex": "пол | стать | sex | gender | пол клиента",
    "tags": """
        теги | тег | тэги | метки | мітки | метка | мітка | tags | tag | labels | label | категории | категорія | категории клиента
        | категория | категорії | categories | category | группа | группы | група | групи | group | groups | group membership
        | сегмент | segment | теги контакта | теги сделки | keywords | лейблы | хештеги | список рассылки | адресная книга
        """,
    "note": """
        комментарий | коментар | комментарии | коментарі | примечание | примечания | примітка | примітки | заметка | заметки
        | нотатка | нотатки | замітки | notes | note | comment | comments | description | описание | опис | remarks
        | дополнительно | додатково | доп информация | пожелания | побажання | особенности
        """,
    "source": """
        источник | джерело | source | utm source | откуда | звідки | откуда узнали | звідки дізналися | канал | lead source
        | original source | original traffic source | источник контакта | источник клиента | источник лида | рекламный канал
        | contact source | channel | referrer | канал залучення | канал привлечения | referred by
        """,
    "created": """
        дата | date | дата создания | дата створення | создан | створено | created | created at | create date | creation date | date added
        | дата добавления | дата додавання | добавлен | дата регистрации | дата реєстрації | registered | signup date
        | date created | дата создания контакта | дата подписки | subscribed at | дата занесения | клиент с | клієнт з
        | first visit | первый визит | перший візит | дата первого визита | subscription date | card made
        """,
    "status": """
        статус | status | статус клиента | статус клієнта | lead status | lifecycle stage | стадия | стадія | этап | етап
        | тип контакта | тип клиента | тип клієнта | contact type
        """,
    "owner": """
        ответственный | відповідальний | менеджер | owner | contact owner | manager | assigned to | assignee | куратор
        | ответственный менеджер | відповідальний менеджер | администратор | мастер | закреплен за | responsible
        """,
    "language": "язык | мова | language | preferred language | locale | язык общения | мова спілкування | lang",
    "username": """
        telegram | телеграм | телеграмм | username | ник | нік | nickname telegram | telegram username | ник в телеграм
        | нік у телеграм | логин телеграм | tg | тг | контакт telegram | telegram nickname | telegram login | telegram nick
        | im telegram | telegram link
        """,
    "telegram_id": "telegram id | telegramid | chat id | telegram user id | tg id | user id | id telegram | id в телеграм",
    "amount": """
        сумма | сума | amount | total | price | цена | ціна | стоимость | вартість | сумма покупки | сума покупки | сумма заказа
        | сума замовлення | итого | разом | чек | order total | purchase amount | оплачено | оплата | к оплате | total price
        | сумма чека | сума чека | выручка | paid | grand total | сумма оплаты | бюджет сделки
        """,
    "currency": "валюта | currency | currency code",
    "bought_at": """
        дата покупки | дата заказа | дата замовлення | purchase date | order date | дата оплаты | дата оплати | дата продажи
        | дата продажу | дата чека | paid at | дата визита | дата візиту | sale date | purchased at
        """,
    "what": """
        товар | товары | товари | услуга | услуги | послуга | послуги | product | products | service | item | items
        | наименование | найменування | что купил | що купив | product name | наименование товара | назва товару | название товара
        | позиция | lineitem name | покупка | курс
        """,
    "order": """
        номер заказа | номер замовлення | заказ | замовлення | order | order number | order id | номер чека | order no | № заказа
        | invoice | invoice number | чек № | id заказа | transaction id | номер квитанции | № чека | id покупки
        """,
    "ignore": """
        id | record id | № | n | no | п п | № п/п | номер п п | инн | іпн | рнокпп | едрпоу | єдрпоу | огрн | кпп | снилс | паспорт
        | факс | рабочий факс | домашний факс | номер факса | номер пейджера | пейджер | fax | business fax | home fax | pager
        | номер карты | индекс | почтовый индекс | поштовий індекс | zip | postal code | сайт | website | web page | url | веб страница
        | адрес | адреса | address | улица | вулиця | street | дом | дата изменения | дата редактирования | последнее изменение
        | last activity date | last modified date | updated at | кем создан | кем редактирован | title | suffix | prefix | обращение
        | department | отдел | initials | photo | nickname | псевдоним | instagram | facebook | вконтакте | vk | skype | скидка | знижка
        | бонусы | баллы | бали | возраст | вік | age | кем изменен | экспорт | доступен для всех | name prefix | name suffix
        | telex | isdn | tty/tdd phone | radio phone | callback | assistants name | assistants phone | телефон помощника | краткое имя
        | e mail display name | краткое имя эл почты | spouse | супруг | супруга | organizational id number | government id number
        | marketing contact status | последний визит | last visit | количество визитов | visits | средний чек | account | sensitivity
        | phonetic first name | phonetic middle name | phonetic last name | yomi name | file extension | anniversary | юбилей
        | название сделки | этап сделки | воронка | бюджет | ближайшая задача | дата закрытия | сайт компании | корпоративный сайт
        | directory server | location | mileage | occupation | hobby | billing information | subject | priority | private
        | gender type | имя помощника | имя руководителя | country | страна | країна | state | region | область | район
        """,
}
"""By what a column is taken for: the headings, parted by bars."""

STEMS: Final[dict[str, tuple[str, ...]]] = {
    "email": ("email", "e mail", "mail", "имейл", "емейл", "электрон почт", "електрон пошт"),
    "username": ("telegram", "телеграм", "телеґрам"),
    "phone": ("телефон", "phone", "моб", "мобил", "тел", "сотов", "whatsapp", "вотсап", "viber"),
    "birthday": ("рожд", "народж", "birth"),
    "name": ("фио", "піб", "клиент", "клієнт", "имя", "ім'я"),
    "organisation": ("компани", "организац", "організац", "company", "organi"),
    "city": ("город", "місто", "city"),
    "position": ("должност", "посад", "job"),
    "created": ("создан", "створ", "created", "добавлен", "регистрац"),
    "source": ("источник", "джерел", "source", "узнал", "дізнал"),
    "owner": ("ответствен", "відповідал", "менеджер", "owner"),
    "note": ("коммент", "комент", "примеч", "приміт", "замет", "нотат", "note", "comment"),
    "tags": ("тег", "метк", "мітк", "tag", "label"),
    "amount": ("сумм", "сума", "стоимост", "вартіст", "amount"),
}
"""What the words of an unknown heading may begin with, the surest first: «Телефон мамы», «Клиент, телефон»."""

NOT_VALUES: Final = (
    "type", "label", "тип", "вид", "display", "fax", "факс", "пейджер", "сайт", "website", "редактир", "измен", "ссылка",
    "department", "отдел", "yomi", "phonetic",
)  # fmt: skip
"""A heading with one of these words is not the thing itself: Phone 1 - Type, E-mail Display Name."""

OF_WHOM: Final = (
    "клиента", "клиент", "клієнта", "контакта", "контакт", "контакту", "contact", "customer", "client", "покупателя", "покупця",
    "абонента", "подписчика", "ваш", "ваша", "ваше", "your", "the", "основной", "основний", "primary", "гостя", "пациента",
    "пацієнта", "ученика", "учня", "підписника",
)  # fmt: skip
"""Words that say whose it is, and do not change what it is."""

STATUSES: Final[dict[str, str]] = {
    "potential": "potential | потенциальный | потенційний | новый | новий | лид | лід | lead | new | prospect | подписчик | subscriber",
    "active": "active | активный | активний | клиент | клієнт | customer | действующий | чинний | покупатель",
    "repeat": "repeat | постоянный | постійний | повторный | повторний | regular | returning",
    "vip": "vip | вип | віп | вип клиент | vip клиент | vip client | evangelist",
    "sleeping": "sleeping | спящий | сплячий | неактивный | неактивний | inactive | dormant",
    "gone": "gone | ушел | ушёл | потерян | пішов | втрачений | lost | churned | отток | отказ | архив",
}
"""By the status of a card: how others call it."""

UNSAID: Final = (
    "- | — | – | null | none | n/a | nan | undefined | unspecified | не указан | не указано | не вказано | не выбрано"
)
"""How programs fill a cell that has no value."""

SEXES: Final[dict[str, str]] = {
    "female": "ж | жен | женский | женщина | жін | жіноча | жінка | f | female | woman | w | девушка | 2",
    "male": "м | муж | мужской | мужчина | чол | чоловіча | чоловік | ч | m | male | man | парень | 1",
}

LANGUAGES: Final[dict[str, str]] = {
    "ru": "ru | рус | русский | російська | russian | rus | ru ru | рос",
    "uk": "uk | ua | укр | украинский | українська | ukrainian | ukr | uk ua",
    "en": "en | англ | английский | англійська | english | eng | en us | en gb",
}
