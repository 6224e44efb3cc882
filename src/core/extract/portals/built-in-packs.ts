import { type Pack, packSchema } from './pack'
import baoDauTu from './bao-dau-tu.json' with { type: 'json' }
import dantri from './dantri.json' with { type: 'json' }
import dotnetnuke from './dotnetnuke.json' with { type: 'json' }
import uiarticle from './families/uiarticle.json' with { type: 'json' }
import articleBrief from './families/article-brief.json' with { type: 'json' }
import tandan from './families/tandan.json' with { type: 'json' }
import liferayBacNinh from './families/liferay-bac-ninh.json' with { type: 'json' }
import khanhHoa from './families/khanh-hoa.json' with { type: 'json' }
import baoHiemXaHoi from './families/bao-hiem-xa-hoi.json' with { type: 'json' }
import uyBanDanToc from './families/uy-ban-dan-toc.json' with { type: 'json' }
import noiVuCu from './families/noi-vu-cu.json' with { type: 'json' }
import liferayContentnews from './families/liferay-contentnews.json' with { type: 'json' }
import baoTinh from './families/bao-tinh.json' with { type: 'json' }
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
  uiarticle,
  articleBrief,
  tandan,
  liferayBacNinh,
  khanhHoa,
  baoHiemXaHoi,
  uyBanDanToc,
  noiVuCu,
  liferayContentnews,
  baoTinh,
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
