refused-right = Дивитися можна, змінювати — ні. Якщо потрібно, попросіть власника.
refused-owners = Це можуть лише власники. Якщо потрібно, попросіть когось із них.
refused-elsewhere = Тут я про клієнтів не говорю: лише в групі команди або наодинці.
refused-stale = Ця кнопка вже не діє. Подивіться новіші повідомлення.
refused-contact-gone = Картки № { $id } немає.
refused-request-unknown = Заявки № { $number } немає.
refused-taken = Заявку вже взято: { $name }.
refused-taken-yours = Вона вже у вас.
refused-stage = { $stage ->
    [done] Заявку вже закрито як готову. Якщо ні, поверніть її в роботу.
    [lost] Заявку закрито з відмовою. Якщо ні, поверніть її в роботу.
    [withdrawn] Клієнт відкликав цю заявку.
    [spam] Це спам. Спершу скасуйте позначку.
   *[other] Зараз із нею цього зробити не можна.
}
refused-open = Вона й так відкрита.
refused-reason = Напишіть причину двома словами.
refused-spam-already = Уже позначено як спам.
refused-spam-not = Це не позначено як спам.
refused-write-spam = Позначено як спам. Щоб написати, зніміть позначку.
refused-write-telegram = Цієї людини немає в Telegram: картку завела команда. Спробуйте зателефонувати.
refused-write-blocked = Бота заблоковано або акаунт видалено, повідомлення не дійде. Спробуйте зателефонувати.
refused-tags-none = Назвіть хоча б одну мітку.
refused-tag-unknown = Такої мітки більше немає.
refused-note-empty = У цьому повідомленні немає чого записати. Напишіть словами.
refused-note-long = Для нотатки це задовго: не більше 2000 знаків.
refused-field = Це поле тут не змінюється.
refused-personal = Згоди на зберігання даних немає. Якщо людина погодилася на словах, спершу позначте це в картці.
refused-member = Такого колеги зараз у команді немає.
refused-point = Цього телефону чи адреси на картці вже немає.
refused-plan-gone = Це запитання вже закрито. Почніть, будь ласка, знову.
refused-plan-past = Цей час уже минув. Виберіть інший.
refused-task = Такого завдання у вас немає.
refused-task-done = Воно вже зроблене.
refused-reminder-gone = Воно вже пішло або скасоване.
refused-add-needed = Спершу дайте відповідь на це запитання.
refused-agreed = Згода вже є.
flow-expired = Запитання чекало задовго, тому нічого не зроблено. Почніть, будь ласка, знову.
flow-open = ✍️ Запитання ще відкрите: наступне повідомлення буде відповіддю на нього.
dropped = Скасовано.
dropped-late = Це запитання вже закрите, і скасовувати тут нічого: що за ним записано, лишилося. Повернути чи виправити це можна на картці; покупку повертають в історії покупок.
write-over = Усе надіслано. А останнє повідомлення — ні: знову натисніть «Написати» або шукайте через /find.
did-take = Тепер вона ваша
did-done = Готово!
did-lost = Закрито з відмовою
did-reopen = Знову в роботі
did-spam = Приховано й мовчить
did-unspam = Більше не спам
usage-card = Чия картка? Напишіть /card 12, дайте відповідь /card на повідомлення про людину або знайдіть її за ім’ям.
usage-tag = Напишіть /tag 12 vip опт: номер картки, потім мітки. Або натисніть «Мітки» на картці.
usage-untag = Напишіть /untag 12 vip: номер картки, потім мітки, які зняти. Або натисніть «Мітки» на картці.
usage-note = Напишіть /note 12 і текст. Або дайте відповідь /note на повідомлення про людину.
usage-remind = Напишіть /remind 12 завтра о 15:00 і текст. Або натисніть «Нагадати» на картці.
find-ask = Кого шукаємо? Напишіть ім’я або його частину, останні цифри телефону, @username, #мітку.
find-nothing = Нікого схожого на «{ $query }». Спробуйте частину імені, останні чотири цифри телефону, @username або #мітку.
find-nobody-fits = Зараз під «{ $query }» ніхто не підходить. Приберіть одну з умов або складіть запит кнопками: /segment.
find-exactly = «{ $query }»: { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[other] { $count } людей
}
find-about = «{ $query }»: { $count ->
    [one] { $count } людина
    [few] { $count } людини
   *[other] { $count } людей
} або більше
find-open = { $count ->
    [one] { $count } відкрита заявка
    [few] { $count } відкриті заявки
   *[other] { $count } відкритих заявок
}
find-mistake = ⚠️ «{ $piece }»: { $reason }. Шукаю це просто як слова.
find-corrected = Можливо: <code>{ $query }</code>?
find-mistake-unknown-field = такого поля немає
find-mistake-unknown-option = у цього поля немає такого значення
find-mistake-unknown-unit = для часу підходять д, т, м, р, а для годин h
find-mistake-no-value = немає значення
find-mistake-not-a-number = тут потрібне число
find-mistake-not-a-time = тут потрібен час, наприклад 90д або 2026-11-25
find-mistake-not-yes-or-no = тут потрібне «так» або «ні»
find-mistake-not-digits = тут потрібні цифри
find-mistake-not-comparable = це поле не можна порівняти на більше й менше
find-mistake-one-value = порівняти можна лише з одним значенням
find-mistake-needs-comparison = потрібен знак <, > або =
find-mistake-empty-range = початок діапазону пізніший за кінець
find-mistake-free-words = просто слова тут не підходять
find-mistake-nothing-to-find = тут немає чого шукати
find-mistake-unclosed-quote = лапки не закрито
find-mistake-unclosed-bracket = дужку не закрито
find-mistake-extra-bracket = зайва дужка
find-mistake-empty-bracket = у дужках порожньо
find-mistake-dangling-or = біля «або» чогось бракує
find-mistake-too-long = задовго
find-mistake-too-deep = забагато дужок усередині дужок
rest-hint = Напишіть ім’я, останні цифри телефону, @username або #мітку — знайду людину. Щоб відповісти клієнтові, дайте відповідь на його повідомлення. Решта: /help.
queue-empty = Черга порожня. Чудова робота!
queue-open = { $count ->
    [one] { $count } відкрита заявка
    [few] { $count } відкриті заявки
   *[other] { $count } відкритих заявок
}, спершу давніші
tasks-none = Завдань немає. Поставити собі: /task завтра о 10 зателефонувати постачальнику.
tasks-open = { $count ->
    [one] { $count } завдання
    [few] { $count } завдання
   *[other] { $count } завдань
}
task-hour = +1 год
task-tomorrow = Завтра
task-finish = ✅ Зроблено
task-done = Зроблено
task-due = Час братися
task-kept = ⏰ Нагадаю { $when }:
task-moved = Нагадаю { $when }
task-ask-time = Коли нагадати? Наприклад: завтра о 15, у п’ятницю о 10:30, через 2 години.
task-ask-text = { $when }. Про що нагадати?
plan-ask-clock = { $day }. О котрій?
plan-ask-day = О { $clock }. Якого дня?
plan-ask-which = Що ви маєте на увазі?
remind-ask-time = Коли нагадати: { $name }? Наприклад: завтра о 15, у п’ятницю о 10:30, через 2 години.
remind-ask-text = { $when }. Що написати: { $name }?
remind-confirm = Кому: <b>{ $name }</b>
remind-when = Піде: <b>{ $when }</b> за годинником клієнта ({ $zone }).
remind-yours = За вашим годинником: { $when }.
remind-held = ⚠️ Це тихі години: почекає до { $when }.
remind-send = ✅ Надіслати в цей час
remind-change = Інший час
remind-planned = 🔔 { $name } отримає нагадування { $when } ({ $zone }).
add-ask-name = Як звати людину? Ім’я або @username, якщо знаєте.
add-ask-phone = Телефон?
add-ask-email = E-mail?
add-ask-source = Звідки дізналися про нас? Натисніть або напишіть.
add-ask-note = Щось записати?
add-username = @{ $username } — занотовано. А ім’я?
add-skip = Пропустити
add-consent = Людина погодилася, усно чи на папері, що ми це зберігаємо? Ось текст згоди:
add-agreed = ✅ Так, згода є
add-not-agreed = Ні: лише картка без імені та контактів
add-twin = Можливо, ми вже знайомі:
add-same = Це та сама людина: відкрити картку
add-other = Інша людина: далі
add-made = ➕ Додано: <b>{ $name }</b>
add-made-guest = ➕ Додано без особистих даних: <b>{ $name }</b>. Те, що ви ввели, не збережено.
consent-in-words = (Згоду дано на словах, записано: { $name }.)
source-walk-in = Зайшли самі
source-call = Дзвінок
source-advice = За порадою
role-owner = власник
role-manager = менеджер
role-viewer = спостерігач
door-hello = Вітаємо, <b>{ $name }</b>! Ваша роль тут — { $role }.
door-queue = { $count ->
    [0] Відкритих заявок зараз немає.
    [one] Чекає { $count } відкрита заявка.
    [few] Чекають { $count } відкриті заявки.
   *[other] Чекають { $count } відкритих заявок.
}
door-tasks = { $count ->
    [one] У вас { $count } завдання.
    [few] У вас { $count } завдання.
   *[other] У вас { $count } завдань.
}
door-find = Напишіть ім’я або останні цифри телефону — знайду людину. Усі команди: /help. Побачити бота очима клієнта: /new.
door-open-queue = 📥 Черга
door-open-tasks = ⏰ Мої завдання
staff-help-see =
    <b>Знайти й подивитися</b>
    Просто напишіть ім’я, його частину, останні цифри телефону, @username або #мітку
    /find Анна: те саме, у групі теж
    /queue: відкриті заявки, спершу давніші
    /card 12: картка за номером
    /tags: усі мітки та скільки в кожної людей
    /id: номер цього чату
staff-help-do =
    <b>Зробити</b>
    Щоб відповісти клієнтові, дайте відповідь на будь-яке моє повідомлення про нього
    /add Анна +380501234567: хто зайшов чи зателефонував
    /tag 12 vip, /untag 12 vip
    /note 12 любить ранок
    /remind 12 завтра о 15 ваш візит: клієнтові, після вашого підтвердження
    /why 12: що людині надійшло, надійде й не надійшло, і чому
    /task у п’ятницю о 10 зателефонувати постачальнику: собі
    /task щопонеділка о 10 план тижня: повернеться само
    /tasks: що потрібно зробити; /digest: що сьогодні
    /scenarios: повторні контакти, що йдуть самі, і що вони приносять
    /duplicates: картки, схожі на одну людину; /duplicates 12 40 порівняє дві
    У відповідь на повідомлення про людину номер не потрібен. /cancel закриває будь-яке запитання.
    /new: побачити бота очима клієнта; /settings: ваша мова
staff-help-viewer = Ви можете все дивитися, змінювати — справа менеджерів. /settings: ваша мова
staff-help-owner =
    <b>Власникові</b>
    /broadcast тег:vip: розсилка їм, з пробою собі й чесним ліком; /broadcasts: як ідуть і що дали
    /export тег:vip: люди у файл; /exports: хто що вивантажував; /archive: уся база
    Менеджерів і групу вказано у файлі налаштувань: MANAGER_IDS, TEAM_CHAT_ID. Номери підкаже /id.
id-private =
    Ваш номер: <code>{ $id }</code>
    У файлі налаштувань: <code>OWNER_IDS={ $id }</code> або <code>MANAGER_IDS={ $id }</code>
id-group =
    Номер цього чату: <code>{ $id }</code>
    У файлі налаштувань: <code>TEAM_CHAT_ID={ $id }</code>
