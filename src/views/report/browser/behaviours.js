// What the page does by itself. Each function is complete in itself, since only its text gets into the page; they know each other
// by the page's elements and events alone. The page is readable without them.

import {copying} from './copying.js'
import {graphSize} from './graph-size.js'
import {panel} from './panel.js'
import {printing} from './printing.js'
import {roving} from './roving.js'
import {stepList} from './step-list.js'
import {theme} from './theme.js'
import {whereabouts} from './whereabouts.js'

export const behaviours = [theme, stepList, panel, roving, graphSize, whereabouts, copying, printing]
