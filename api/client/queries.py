"""The GraphQL that stands behind each method of the client."""

_OBSERVATION = """fragment stated on Observation {
  id measure value upper unit qualifier semantic kind year scope quote start end confidence
  metric { key name nameEn unit }
  agency { id name }
  report { id title year }
  dimensions { name value }
  cell { table row column rowPath columnPath }
}"""

AGENCIES = """query Agencies($where: AgencyFilter, $first: Int, $after: String) {
  agencies(where: $where, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { id name level region { code name } }
  }
}"""

METRICS = """query Metrics($where: MetricFilter, $first: Int, $after: String) {
  metrics(where: $where, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { key name nameEn unit kind topic definition open }
  }
}"""

OBSERVATIONS = f"""query Observations($where: ObservationFilter, $first: Int, $after: String) {{
  observations(where: $where, first: $first, after: $after) {{
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ ...stated }}
  }}
}}
{_OBSERVATION}"""

_POINT = """year value unit semantic qualifier scope missing warning
        observation { ...stated }"""

SERIES = f"""query Series($metrics: [ID!]!, $agencies: [ID!], $where: AgencyFilter, $from: Int,
    $to: Int, $by: String, $strict: Boolean) {{
  series(metrics: $metrics, agencies: $agencies, where: $where, from: $from, to: $to, by: $by,
      strict: $strict) {{
    rows {{
      agency {{ id name }}
      metric {{ key name nameEn unit }}
      dimension
      points {{
        {_POINT}
        comparability {{ level reason reasonZh notice }} since
      }}
    }}
  }}
}}
{_OBSERVATION}"""

COMPARE_YEARS = f"""query CompareYears($agency: ID!, $from: Int!, $to: Int!) {{
  compareYears(agency: $agency, from: $from, to: $to) {{
    agency {{ id name }}
    fromReport {{ id title year }}
    toReport {{ id title year }}
    figures {{
      metric {{ key name nameEn unit }}
      dimension
      from {{
        {_POINT}
      }}
      to {{
        {_POINT}
      }}
      change ratio
      comparability {{ level reason reasonZh notice }}
    }}
    categories {{ appeared {{ ...category }} vanished {{ ...category }} kept {{ ...category }} }}
    channels {{ appeared {{ ...channel }} vanished {{ ...channel }} kept {{ ...channel }} }}
    policies {{ appeared {{ ...policy }} vanished {{ ...policy }} kept {{ ...policy }} }}
    sections {{ appeared {{ ...section }} vanished {{ ...section }} kept {{ ...section }} }}
    text {{
      kind moved similarity
      from {{ quote start end section {{ heading }} }}
      to {{ quote start end section {{ heading }} }}
    }}
  }}
}}
fragment category on CategoryChange {{ id name from {{ ...said }} to {{ ...said }} }}
fragment channel on ChannelChange {{ id name from {{ ...said }} to {{ ...said }} }}
fragment policy on PolicyChange {{ id name from {{ ...said }} to {{ ...said }} }}
fragment said on Evidence {{ quote start end report {{ id title year }} }}
fragment section on SectionChange {{ heading moved from {{ start end }} to {{ start end }} }}
{_OBSERVATION}"""

RANK = f"""query Rank($metric: ID!, $year: Int!, $where: AgencyFilter, $of: ID) {{
  rank(metric: $metric, year: $year, where: $where, of: $of) {{
    year stated blank notApplicable missing leftOut unit warning quartiles
    items {{
      place percentile value unit scope
      agency {{ id name }}
      observation {{ ...stated }}
      ofObservation {{ ...stated }}
    }}
  }}
}}
{_OBSERVATION}"""

AGGREGATE = """query Aggregate($metric: ID!, $agencies: [ID!], $where: AgencyFilter, $from: Int,
    $to: Int, $by: String, $units: [String!]) {
  aggregate(metric: $metric, agencies: $agencies, where: $where, from: $from, to: $to, by: $by,
      units: $units) {
    rows {
      year dimension unit count sum mean median min max
      stated blank notApplicable missing otherUnits warning
      leftOut { agency { id name } within { id name } }
    }
  }
}"""
