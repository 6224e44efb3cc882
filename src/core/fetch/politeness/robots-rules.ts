/**
 * Maximum number of rules that are used. A parser reads all rules once for each program name above them, so there must
 * be few names too.
 */
const maxRules = 5_000
/** Maximum number of characters of a rule. */
const maxRuleLength = 1_000
/**
 * Maximum number of characters of all rules with a wildcard together. Matching such a rule takes time in proportion to
 * its length multiplied by the length of the address.
 */
const maxWildcardLength = 4_000

interface Group {
  agents: string[]
  rules: string[]
}

/**
 * Returns the part of a robots.txt that concerns one program: the groups that name the program (or else the groups for
 * all programs), and the sitemaps. The result has one group, which is for all programs. Rules above the limits are left
 * out, so that a hostile file can't keep the parser busy. Takes linear time.
 */
export function selectRobotsRules(text: string, productToken: string): string {
  const groups: Group[] = []
  const sitemaps: string[] = []
  let isInNames = false
  for (const line of text.split(/\r\n?|\n/)) {
    const content = line.split('#', 1)[0] ?? ''
    const colon = content.indexOf(':')
    const field = content.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    const value = content.slice(colon + 1).trim()
    if (field === 'user-agent') {
      if (!isInNames) groups.push({ agents: [], rules: [] })
      groups.at(-1)?.agents.push(agentOf(value))
      isInNames = true
      continue
    }
    if (field === '') continue
    isInNames = false
    if (field === 'sitemap') sitemaps.push(`Sitemap: ${value}`)
    else groups.at(-1)?.rules.push(`${field}: ${value}`)
  }
  const rulesFor = (agent: string): string[] | null => {
    const named = groups.filter(({ agents }) => agents.includes(agent))
    return named.length === 0 ? null : named.flatMap(({ rules }) => rules)
  }
  const rules = rulesFor(agentOf(productToken)) ?? rulesFor('*') ?? []
  return ['User-agent: *', ...withinLimits(rules), ...sitemaps].join('\n')
}

/** Returns the name of a program without its version, in the form in which names are compared. */
function agentOf(name: string): string {
  return (name.toLowerCase().split('/', 1)[0] ?? '').trim()
}

function withinLimits(rules: readonly string[]): string[] {
  let wildcardLength = 0
  return rules.slice(0, maxRules).filter((rule) => {
    if (rule.length > maxRuleLength) return false
    if (!rule.includes('*')) return true
    wildcardLength += rule.length
    return wildcardLength <= maxWildcardLength
  })
}
