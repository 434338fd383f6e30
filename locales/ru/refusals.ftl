# Why something was not done, and what to do next. Over a button that is at most 200 characters.
refused-choice = Такого выбора нет. Откройте экран заново.
refused-form-gone = Этой формы больше нет. Выберите другую: /new
refused-language = На этом языке мы пока не говорим.
refused-nothing-to-erase = О вас ничего не сохранено.
refused-request = Такой заявки у вас нет. Ваши заявки: /requests
refused-request-closed = Эта заявка уже закрыта.
refused-zone = Такого часового пояса нет.
refused-survey = Этот опрос уже закрыт. Всё важное можно просто написать сюда.
refused-survey-late = Спасибо! Эта оценка уже учтена, изменить её нельзя. Напишите сюда, если что-то поменялось.
refused-survey-over = Этот опрос уже закончился, спасибо, что заглянули! Всё важное можно просто написать сюда.
refused-survey-told = Ваш ответ уже принят, спасибо! Он без имени, поэтому изменить его нельзя.
