import { type Pack, packSchema } from './pack'
import baoDauTu from './bao-dau-tu.json'
import dantri from './dantri.json'
import dotnetnuke from './dotnetnuke.json'
import joomla from './joomla.json'
import liferay from './liferay.json'
import nukeviet from './nukeviet.json'
import onecms from './onecms.json'
import sharepoint from './sharepoint.json'
import vccorp from './vccorp.json'
import vnexpress from './vnexpress.json'
import vnptPortal from './vnpt-portal.json'
import wordpress from './wordpress.json'

/** The packs that come with the program, the more exact before those whose signs are common. */
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
