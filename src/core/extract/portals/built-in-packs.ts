import { type Pack, packSchema } from './pack'
import baoDauTu from './bao-dau-tu.json' with { type: 'json' }
import dantri from './dantri.json' with { type: 'json' }
import dotnetnuke from './dotnetnuke.json' with { type: 'json' }
import joomla from './joomla.json' with { type: 'json' }
import liferay from './liferay.json' with { type: 'json' }
import nukeviet from './nukeviet.json' with { type: 'json' }
import onecms from './onecms.json' with { type: 'json' }
import sharepoint from './sharepoint.json' with { type: 'json' }
import vccorp from './vccorp.json' with { type: 'json' }
import vnexpress from './vnexpress.json' with { type: 'json' }
import vnptPortal from './vnpt-portal.json' with { type: 'json' }
import wordpress from './wordpress.json' with { type: 'json' }

/** The packs that come with the program. Packs for one site come before packs whose selectors match many sites. */
export const builtInPacks: readonly Pack[] = [
  sharepoint,
  nukeviet,
  vccorp,
  vnexpress,
  dantri,
  baoDauTu,
  onecms,
  dotnetnuke,
  liferay,
  vnptPortal,
  joomla,
  wordpress,
].map((data) => packSchema.parse(data))
