# Две карточки одного человека: сравнить, объединить, снова разделить.
menu-duplicates = карточки, похожие на одного человека
dup-title = Один человек?
dup-place = { $place } из { $count }
dup-since = с { $day }
dup-requests = { $count ->
    [one] { $count } заявка
    [few] { $count } заявки
   *[other] { $count } заявок
}
dup-purchases = { $count ->
    [one] { $count } покупка
    [few] { $count } покупки
   *[other] { $count } покупок
}
dup-notes = { $count ->
    [one] { $count } заметка
    [few] { $count } заметки
   *[other] { $count } заметок
}
dup-on-telegram = можно написать
dup-off-telegram = нет в Telegram
dup-were-distinct = ⚠️ Кто-то из команды уже отметил, что это два разных человека.
dup-same = <b>Совпадает</b>
dup-differ = <b>Различается</b>
dup-only = <b>Только в № { $number }</b>
dup-field-name = Имя
dup-field-phone = Телефон
dup-field-email = Почта
dup-field-telegram = Telegram
dup-field-language = Язык
dup-field-timezone = Часовой пояс
dup-field-owner = Менеджер
dup-field-status = Статус
dup-field-level = Уровень
dup-card = 👤 № { $number }
dup-button = 🔗 Дубль карточки…
dup-merge = 🔗 Один человек: объединить…
dup-apart = 👥 Это разные люди
dup-later = ⏭ Позже
dup-next = Следующая пара ▶
dup-back = ◀ Назад
dup-into-one = В одну карточку
dup-stays = Останется № { $winner } (<b>{ $name }</b>), № { $loser } войдёт в неё.
dup-choose = Где данные различаются, сохранится выделенное. Нажмите, чтобы взять другое:
dup-two-accounts = Оба аккаунта Telegram будут вести в эту карточку. Я пишу на выделенный, пока человек не напишет с другого.
dup-spam = ⚠️ Одна из карточек помечена как спам. Общая карточка будет спамом, только если им помечена № { $winner }.
dup-follows = Заявки, покупки, заметки, метки, файлы, опросы и всё остальное перейдут; телефоны и почта сложатся вместе. Если хоть в одной карточке есть отказ от сообщений, он останется в силе. Старый номер откроет новую карточку. Отменить можно в любое время.
dup-swap = 🔄 Оставить № { $number }
dup-do = ✅ Объединить { $loser } с { $winner }
dup-joined = № { $loser } теперь часть № { $winner }, <b>{ $name }</b>. Перешло всё, а старый номер открывает эту карточку.
dup-joined-by-rule = Один и тот же подтверждённый телефон: карточку № { $loser } я объединил с № { $winner }, <b>{ $name }</b>. Если это разные люди, нажмите «Отменить»: я запомню.
dup-undo = ↩️ Отменить
dup-undone = № { $winner } и № { $loser } снова две карточки, как были.
dup-stayed = Всё, что появилось с тех пор, остаётся в № { $winner }.
dup-kept = { $count ->
    [one] { $count } запись с тех пор изменили, она остаётся изменённой.
    [few] { $count } записи с тех пор изменили, они остаются изменёнными.
   *[other] { $count } записей с тех пор изменили, они остаются изменёнными.
}
dup-none = 👌 Похожих пар нет. Я ищу их каждую ночь и когда появляется кто-то новый. Объединить две карточки самому: /duplicates 12 40.
dup-ask-other = Чья карточка — тот же человек, что № { $number }, <b>{ $name }</b>? Напишите её номер, имя, телефон или @username.
dup-nobody = Больше никого по этим словам не нашлось. Попробуйте номер карточки, последние цифры телефона или часть имени.
dup-which = Кто из них тот же человек, что № { $number }, <b>{ $name }</b>?
dup-parted = Запомнил: разные люди. Больше не спрошу.
dup-did = Объединено
dup-did-undo = Отменено
usage-duplicates = Напишите /duplicates, чтобы посмотреть похожие пары, /duplicates 12 40, чтобы сравнить две карточки, или /duplicates 12, чтобы найти дубль одной.
refused-dup-same = Это одна и та же карточка. Для пары нужны две.
refused-dup-done = Это уже одна карточка: № { $number }.
refused-dup-changed = Пока вы смотрели, карточка изменилась. Сравните ещё раз.
refused-dup-unknown = Такого объединения нет.
refused-dup-not-yours = Отменить может тот, кто объединил, или владелец. Попросите владельца.
refused-dup-undone = Это уже отменено.
refused-dup-erased = Отменить больше нельзя: общую карточку стёрли или удалили.
refused-dup-later = № { $number } позже сама вошла в № { $into }. Сначала отмените это.
