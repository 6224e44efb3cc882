import { answerTasks } from '../threads/answer-tasks'
import { parsingTasks } from './parsing-tasks'

// The script of the threads in which the program parses bytes from outside (files, downloads).
answerTasks(parsingTasks)
