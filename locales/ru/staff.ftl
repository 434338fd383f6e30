refused-right = Смотреть можно, менять — нет. Если нужно, попросите владельца.
refused-owners = Это могут только владельцы. Если нужно, попросите кого-то из них.
refused-elsewhere = Здесь я о клиентах не говорю: только в группе команды или наедине.
refused-stale = Эта кнопка уже не действует. Посмотрите сообщения поновее.
refused-contact-gone = Карточки № { $id } нет.
refused-request-unknown = Заявки № { $number } нет.
refused-taken = Заявку уже взяли: { $name }.
refused-taken-yours = Она уже у вас.
refused-stage = { $stage ->
    [done] Заявка уже закрыта как готовая. Если нет, верните её в работу.
    [lost] Заявка закрыта с отказом. Если нет, верните её в работу.
    [withdrawn] Клиент отозвал эту заявку.
    [spam] Это спам. Сначала отмените пометку.
   *[other] Сейчас с ней этого сделать нельзя.
}
refused-open = Она и так открыта.
refused-reason = Напишите причину в двух словах.
refused-spam-already = Уже отмечено как спам.
refused-spam-not = Это не отмечено как спам.
refused-write-spam = Отмечено как спам. Чтобы написать, снимите пометку.
refused-write-telegram = Этого человека нет в Telegram: карточку завела команда. Попробуйте позвонить.
refused-write-blocked = Бот заблокирован или аккаунт удалён, сообщение не дойдёт. Попробуйте позвонить.
refused-tags-none = Назовите хотя бы одну метку.
refused-tag-unknown = Такой метки больше нет.
refused-note-empty = В этом сообщении нечего записать. Напишите словами.
refused-note-long = Для заметки это слишком длинно: не больше 2000 знаков.
refused-field = Это поле здесь не меняется.
refused-personal = Согласия на хранение данных нет. Если человек согласился на словах, сначала отметьте это в карточке.
refused-member = Такого коллеги сейчас в команде нет.
refused-point = Этого телефона или адреса на карточке уже нет.
refused-plan-gone = Этот вопрос уже закрыт. Начните, пожалуйста, заново.
refused-plan-past = Это время уже прошло. Выберите другое.
refused-task = Такой задачи у вас нет.
refused-task-done = Она уже сделана.
refused-reminder-gone = Оно уже ушло или отменено.
refused-add-needed = Сначала ответьте на этот вопрос.
refused-agreed = Согласие уже есть.
flow-expired = Вопрос ждал слишком долго, поэтому ничего не сделано. Начните, пожалуйста, заново.
flow-open = ✍️ Вопрос ещё открыт: следующее сообщение будет ответом на него.
dropped = Отменено.
dropped-late = Этот вопрос уже закрыт, и отменять тут нечего: что по нему записано, осталось. Вернуть или исправить это можно на карточке; покупку возвращают в её истории покупок.
write-over = Всё отправлено. А последнее сообщение — нет: снова нажмите «Написать» или ищите через /find.
did-take = Теперь она ваша
did-done = Готово!
did-lost = Закрыто с отказом
did-reopen = Снова в работе
did-spam = Скрыто и молчит
did-unspam = Больше не спам
usage-card = Чья карточка? Напишите /card 12, ответьте /card на сообщение о человеке или найдите его по имени.
usage-tag = Напишите /tag 12 vip опт: номер карточки, потом метки. Или нажмите «Метки» на карточке.
usage-untag = Напишите /untag 12 vip: номер карточки, потом метки, которые снять. Или нажмите «Метки» на карточке.
usage-note = Напишите /note 12 и текст. Или ответьте /note на сообщение о человеке.
usage-remind = Напишите /remind 12 завтра в 15:00 и текст. Или нажмите «Напомнить» на карточке.
find-ask = Кого ищем? Напишите имя или его часть, последние цифры телефона, @username, #метку.
find-nothing = Никого похожего на «{ $query }». Попробуйте часть имени, последние четыре цифры телефона, @username или #метку.
find-nobody-fits = Сейчас под «{ $query }» никто не подходит. Уберите одно из условий или соберите вопрос кнопками: /segment.
find-exactly = «{ $query }»: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
}
find-about = «{ $query }»: { $count ->
    [one] { $count } человек
    [few] { $count } человека
   *[other] { $count } человек
} или больше
find-open = { $count ->
    [one] { $count } открытая заявка
    [few] { $count } открытые заявки
   *[other] { $count } открытых заявок
}
find-mistake = ⚠️ «{ $piece }»: { $reason }. Ищу это просто как слова.
find-corrected = Может быть: <code>{ $query }</code>?
find-mistake-unknown-field = такого поля нет
find-mistake-unknown-option = у этого поля нет такого значения
find-mistake-unknown-unit = для времени подходят ч, д, н, м, г
find-mistake-no-value = нет значения
find-mistake-not-a-number = здесь нужно число
find-mistake-not-a-time = здесь нужно время, например 90д или 2026-11-25
find-mistake-not-yes-or-no = здесь нужно «да» или «нет»
find-mistake-not-digits = здесь нужны цифры
find-mistake-not-comparable = это поле нельзя сравнить на больше и меньше
find-mistake-one-value = сравнить можно только с одним значением
find-mistake-needs-comparison = нужен знак <, > или =
find-mistake-empty-range = начало диапазона позже конца
find-mistake-free-words = просто слова здесь не подходят
find-mistake-nothing-to-find = тут нечего искать
find-mistake-unclosed-quote = кавычка не закрыта
find-mistake-unclosed-bracket = скобка не закрыта
find-mistake-extra-bracket = лишняя скобка
find-mistake-empty-bracket = в скобках пусто
find-mistake-dangling-or = рядом с «или» чего-то не хватает
find-mistake-too-long = слишком длинно
find-mistake-too-deep = слишком много скобок внутри скобок
rest-hint = Напишите имя, последние цифры телефона, @username или #метку — найду человека. Чтобы ответить клиенту, ответьте на его сообщение. Всё остальное: /help.
queue-empty = Очередь пуста. Отличная работа!
queue-open = { $count ->
    [one] { $count } открытая заявка
    [few] { $count } открытые заявки
   *[other] { $count } открытых заявок
}, сначала старые
tasks-none = Задач нет. Поставить себе: /task завтра в 10 позвонить поставщику.
tasks-open = { $count ->
    [one] { $count } задача
    [few] { $count } задачи
   *[other] { $count } задач
}
task-hour = +1 ч
task-tomorrow = Завтра
task-finish = ✅ Сделано
task-done = Сделано
task-due = Пора
task-kept = ⏰ Напомню { $when }:
task-moved = Напомню { $when }
task-ask-time = Когда напомнить? Например: завтра в 15, в пятницу в 10:30, через 2 часа.
task-ask-text = { $when }. О чём напомнить?
plan-ask-clock = { $day }. Во сколько?
plan-ask-day = В { $clock }. В какой день?
plan-ask-which = Что вы имеете в виду?
remind-ask-time = Когда напомнить: { $name }? Например: завтра в 15, в пятницу в 10:30, через 2 часа.
remind-ask-text = { $when }. Что написать: { $name }?
remind-confirm = Кому: <b>{ $name }</b>
remind-when = Уйдёт: <b>{ $when }</b> по часам клиента ({ $zone }).
remind-yours = По вашим часам: { $when }.
remind-held = ⚠️ Это тихие часы: подождёт до { $when }.
remind-send = ✅ Отправить в это время
remind-change = Другое время
remind-planned = 🔔 { $name } получит напоминание { $when } ({ $zone }).
add-ask-name = Как зовут человека? Имя или @username, если знаете.
add-ask-phone = Телефон?
add-ask-email = E-mail?
add-ask-source = Откуда узнали о нас? Нажмите или напишите.
add-ask-note = Что-нибудь записать?
add-username = @{ $username } — запомнено. А имя?
add-skip = Пропустить
add-consent = Человек согласился, устно или на бумаге, что мы это храним? Вот текст согласия:
add-agreed = ✅ Да, согласие есть
add-not-agreed = Нет: только карточка без имени и контактов
add-twin = Возможно, мы уже знакомы:
add-same = Это тот же человек: открыть карточку
add-other = Другой человек: дальше
add-made = ➕ Добавлено: <b>{ $name }</b>
add-made-guest = ➕ Добавлено без личных данных: <b>{ $name }</b>. То, что вы ввели, не сохранено.
consent-in-words = (Согласие дано на словах, записано: { $name }.)
source-walk-in = Зашли сами
source-call = Звонок
source-advice = По совету
role-owner = владелец
role-manager = менеджер
role-viewer = наблюдатель
door-hello = Здравствуйте, <b>{ $name }</b>! Ваша роль здесь — { $role }.
door-queue = { $count ->
    [0] Открытых заявок сейчас нет.
    [one] Ждёт { $count } открытая заявка.
    [few] Ждут { $count } открытые заявки.
   *[other] Ждут { $count } открытых заявок.
}
door-tasks = { $count ->
    [one] У вас { $count } задача.
    [few] У вас { $count } задачи.
   *[other] У вас { $count } задач.
}
door-find = Напишите имя или последние цифры телефона — найду человека. Все команды: /help. Увидеть бота глазами клиента: /new.
door-open-queue = 📥 Очередь
door-open-tasks = ⏰ Мои задачи
staff-help-see =
    <b>Найти и посмотреть</b>
    Просто напишите имя, его часть, последние цифры телефона, @username или #метку
    /find Анна: то же самое, в группе тоже
    /queue: открытые заявки, сначала старые
    /card 12: карточка по номеру
    /tags: все метки и сколько у каждой людей
    /id: номер этого чата
staff-help-do =
    <b>Сделать</b>
    Чтобы ответить клиенту, ответьте на любое моё сообщение о нём
    /add Анна +380501234567: кто зашёл или позвонил
    /tag 12 vip, /untag 12 vip
    /note 12 любит утро
    /remind 12 завтра в 15 ваш визит: клиенту, после вашего подтверждения
    /why 12: что человеку пришло, придёт и не пришло, и почему
    /task в пятницу в 10 позвонить поставщику: себе
    /task каждый понедельник в 10 план недели: вернётся сама
    /tasks: что нужно сделать; /digest: что сегодня
    /scenarios: повторные касания, которые идут сами, и что они приносят
    /duplicates: карточки, похожие на одного человека; /duplicates 12 40 сравнит две
    В ответ на сообщение о человеке номер не нужен. /cancel закрывает любой вопрос.
    /new: увидеть бота глазами клиента; /settings: ваш язык
staff-help-viewer = Вы можете всё смотреть, менять — дело менеджеров. /settings: ваш язык
staff-help-owner =
    <b>Владельцу</b>
    /broadcast тег:vip: рассылка им, с пробой себе и честным счётом; /broadcasts: как идут и что дали
    /export тег:vip: люди в файл; /exports: кто что выгружал; /archive: вся база
    Менеджеры и группа указаны в файле настроек: MANAGER_IDS, TEAM_CHAT_ID. Номера подскажет /id.
id-private =
    Ваш номер: <code>{ $id }</code>
    В файле настроек: <code>OWNER_IDS={ $id }</code> или <code>MANAGER_IDS={ $id }</code>
id-group =
    Номер этого чата: <code>{ $id }</code>
    В файле настроек: <code>TEAM_CHAT_ID={ $id }</code>
