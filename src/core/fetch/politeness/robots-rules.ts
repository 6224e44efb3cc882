/** Maximum number of rules that count. A parser takes the rules once for each name before them, so it needs few names. */
const maxRules = 5_000
/** Maximum length of a rule, in characters. */
const maxRuleLength = 1_000
/**
 * Maximum length of all rules with a wildcard together. The time to match such a rule grows with its length multiplied
 * by the length of the address.
 */
const maxWildcardLength = 4_000

interface Group {
  agents: string[]
  rules: string[]
}

/**
 * Returns the part of a robots.txt that concerns a program: the groups that name it, or else the groups for all
 * programs, and the sitemaps. The result has one group, for all programs. Leaves out rules beyond the limits, so that a
 * hostile file cannot keep the parser busy. Takes linear time.
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

/** A name without its version, in the form in which names are compared. */
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
