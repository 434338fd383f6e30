# What a customer reads outside a form: the door, receipts, their requests, settings.
greeting = Вітаємо! Це { $business }. Виберіть, чим допомогти, або просто напишіть сюди.
greeting-staff = Ви в команді: команди для роботи — у /help. Нижче — те, що бачать клієнти.
forms-choose = Чим вам допомогти?
help-customer =
    Просто напишіть сюди, і вам відповість людина.

    /new — залишити заявку
    /requests — мої заявки
    /settings — мова, часовий пояс, про що мені писати
    /privacy — мої дані
    /cancel — зупинити розпочате
help-staff =
    <b>Заявки та люди</b>
    /queue — відкриті заявки
    /find <i>слова</i> — знайти людину: ім’я, цифри телефону, #мітку
    /card <i>номер</i> — картка
    /add — додати людину
    /tag <i>номер мітки</i>, /untag — мітки, /tags — усі мітки
    /note <i>номер текст</i> — нотатка

    <b>Час</b>
    /remind <i>номер коли текст</i> — нагадати клієнтові
    /task <i>коли текст</i> — нагадати собі, /tasks — мої справи

    Щоб відповісти клієнтові, дайте відповідь на його повідомлення.
    /settings — мова й часовий пояс, /id — номер цього чату
passed-on = Передали. Відповімо тут, у цьому чаті.
cancelled = Гаразд, зупинилися.
nothing-to-cancel = Зараз нічого не розпочато.

requests-mine = Мої заявки
requests-title = <b>Ваші заявки</b>
requests-none = Заявок поки немає.
requests-leave = Залишити заявку
requests-line = № { $number } · { $title } · <b>{ $stage }</b> · { $day }
requests-button = № { $number } { $title }
requests-button-back = Заявка № { $number }
requests-card =
    <b>Заявка № { $number }: { $title }</b>
    { $stage }
    Залишено: { $at }
requests-add = ➕ Додати до заявки
requests-withdraw = ✖ Відкликати
requests-more = Напишіть, що додати до заявки № { $number }, або надішліть файл. Можна кілька повідомлень.
requests-added = Додали до заявки № { $number } і передали. Якщо це все, натисніть кнопку.
requests-done = Це все
requests-enough = Гаразд. Заявку № { $number } доповнено.
requests-withdraw-sure = Відкликати заявку № { $number }? Ми перестанемо нею займатися.
requests-withdraw-yes = Так, відкликати
requests-withdraw-no = Ні, залишити
requests-withdrawn = Заявку № { $number } відкликано. Якщо передумаєте, залиште нову.
own-stage-new = Прийнято
own-stage-taken = У роботі
own-stage-done = Виконано
own-stage-lost = Закрито
own-stage-withdrawn = Ви її відкликали

settings-title = <b>Налаштування</b>
settings-language = Мова: { $language }
settings-zone = Часовий пояс: { $place }, зараз { $clock }
settings-zone-button = 🕒 Змінити часовий пояс
settings-receive = Про що вам можна писати, крім відповідей і ваших записів:
settings-marketing = Новини та акції
settings-survey = Опитування
settings-processing-on = Згода на обробку даних: дати
settings-processing-off = Згода на обробку даних: відкликати
settings-processing-text =
    { $text }

    Згоду можна відкликати тут-таки будь-коли.
settings-zone-ask = Де ви живете? Натисніть кнопку або напишіть місто, зсув («UTC+3») чи котра у вас зараз година («15:20»).
settings-zone-which = Підходить кілька. Який ваш?
settings-zone-unknown = Такого місця не знаємо. Напишіть велике місто поруч, зсув («UTC+3») або котра у вас зараз година («15:20»).
settings-zone-chosen = Запам’ятали: { $place }, у вас зараз { $clock }.
settings-back = До налаштувань
