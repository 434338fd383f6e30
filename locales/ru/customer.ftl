# What a customer reads outside a form: the door, receipts, their requests, settings.
greeting = Здравствуйте! Это { $business }. Выберите, с чем помочь, или просто напишите сюда.
greeting-staff = Вы в команде: команды для работы — в /help. Ниже — то, что видят клиенты.
forms-choose = С чем вам помочь?
help-customer =
    Просто напишите сюда, и вам ответит человек.

    /new — оставить заявку
    /requests — мои заявки
    /settings — язык, часовой пояс, о чём мне писать
    /privacy — мои данные
    /cancel — остановить начатое
help-staff =
    <b>Заявки и люди</b>
    /queue — открытые заявки
    /find <i>слова</i> — найти человека: имя, цифры телефона, #метку
    /card <i>номер</i> — карточка
    /add — добавить человека
    /tag <i>номер метки</i>, /untag — метки, /tags — все метки
    /note <i>номер текст</i> — заметка

    <b>Время</b>
    /remind <i>номер когда текст</i> — напомнить клиенту
    /task <i>когда текст</i> — напомнить себе, /tasks — мои дела

    Чтобы ответить клиенту, ответьте на его сообщение.
    /settings — язык и часовой пояс, /id — номер этого чата
passed-on = Передали. Ответим здесь, в этом чате.
cancelled = Хорошо, остановились.
nothing-to-cancel = Сейчас ничего не начато.

requests-mine = Мои заявки
requests-title = <b>Ваши заявки</b>
requests-none = Заявок пока нет.
requests-leave = Оставить заявку
requests-line = № { $number } · { $title } · <b>{ $stage }</b> · { $day }
requests-button = № { $number } { $title }
requests-button-back = Заявка № { $number }
requests-card =
    <b>Заявка № { $number }: { $title }</b>
    { $stage }
    Оставлена: { $at }
requests-add = ➕ Добавить к заявке
requests-withdraw = ✖ Отозвать
requests-more = Напишите, что добавить к заявке № { $number }, или пришлите файл. Можно несколько сообщений.
requests-added = Добавили к заявке № { $number } и передали. Если это всё, нажмите кнопку.
requests-done = Это всё
requests-enough = Хорошо. Заявка № { $number } дополнена.
requests-withdraw-sure = Отозвать заявку № { $number }? Мы перестанем ей заниматься.
requests-withdraw-yes = Да, отозвать
requests-withdraw-no = Нет, оставить
requests-withdrawn = Заявка № { $number } отозвана. Если передумаете, оставьте новую.
own-stage-new = Принята
own-stage-taken = В работе
own-stage-done = Выполнена
own-stage-lost = Закрыта
own-stage-withdrawn = Отозвана вами

settings-title = <b>Настройки</b>
settings-language = Язык: { $language }
settings-zone = Часовой пояс: { $place }, сейчас { $clock }
settings-zone-button = 🕒 Сменить часовой пояс
settings-receive = О чём вам можно писать, кроме ответов и ваших записей:
settings-marketing = Новости и акции
settings-survey = Опросы
settings-processing-on = Согласие на обработку данных: дать
settings-processing-off = Согласие на обработку данных: отозвать
settings-processing-text =
    { $text }

    Согласие можно отозвать здесь же в любой момент.
settings-zone-ask = Где вы живёте? Нажмите кнопку или напишите город, сдвиг («UTC+3») либо сколько у вас сейчас времени («15:20»).
settings-zone-which = Подходит несколько. Какой ваш?
settings-zone-unknown = Такого места не знаем. Напишите крупный город рядом, сдвиг («UTC+3») или сколько у вас сейчас времени («15:20»).
settings-zone-chosen = Запомнили: { $place }, у вас сейчас { $clock }.
settings-back = К настройкам
