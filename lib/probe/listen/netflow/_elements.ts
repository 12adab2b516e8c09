/**
 * Information elements: numbers, names, kinds.
 *
 * Source: IANA's registry of IPFIX entities (RFC 7012), whose first 127 are those of NetFlow v9
 * (RFC 3954). Kinds: u unsigned, i signed, f float, 4 and 6 addresses, m MAC, s text, b boolean,
 * S/M/U/N times in seconds, milliseconds, microseconds, nanoseconds, o octets.
 */
const TABLE = `
1 octetDeltaCount u,2 packetDeltaCount u,3 deltaFlowCount u,4 protocolIdentifier u,
5 ipClassOfService u,6 tcpControlBits u,7 sourceTransportPort u,8 sourceIPv4Address 4,
9 sourceIPv4PrefixLength u,10 ingressInterface u,11 destinationTransportPort u,
12 destinationIPv4Address 4,13 destinationIPv4PrefixLength u,14 egressInterface u,
15 ipNextHopIPv4Address 4,16 bgpSourceAsNumber u,17 bgpDestinationAsNumber u,
18 bgpNextHopIPv4Address 4,19 postMCastPacketDeltaCount u,20 postMCastOctetDeltaCount u,
21 flowEndSysUpTime u,22 flowStartSysUpTime u,23 postOctetDeltaCount u,24 postPacketDeltaCount u,
25 minimumIpTotalLength u,26 maximumIpTotalLength u,27 sourceIPv6Address 6,
28 destinationIPv6Address 6,29 sourceIPv6PrefixLength u,30 destinationIPv6PrefixLength u,
31 flowLabelIPv6 u,32 icmpTypeCodeIPv4 u,33 igmpType u,34 samplingInterval u,35 samplingAlgorithm u,
36 flowActiveTimeout u,37 flowIdleTimeout u,38 engineType u,39 engineId u,
40 exportedOctetTotalCount u,41 exportedMessageTotalCount u,42 exportedFlowRecordTotalCount u,
43 ipv4RouterSc 4,44 sourceIPv4Prefix 4,45 destinationIPv4Prefix 4,46 mplsTopLabelType u,
47 mplsTopLabelIPv4Address 4,48 samplerId u,49 samplerMode u,50 samplerRandomInterval u,51 classId u,
52 minimumTTL u,53 maximumTTL u,54 fragmentIdentification u,55 postIpClassOfService u,
56 sourceMacAddress m,57 postDestinationMacAddress m,58 vlanId u,59 postVlanId u,60 ipVersion u,
61 flowDirection u,62 ipNextHopIPv6Address 6,63 bgpNextHopIPv6Address 6,64 ipv6ExtensionHeaders u,
70 mplsTopLabelStackSection o,71 mplsLabelStackSection2 o,72 mplsLabelStackSection3 o,
80 destinationMacAddress m,81 postSourceMacAddress m,82 interfaceName s,83 interfaceDescription s,
84 samplerName s,85 octetTotalCount u,86 packetTotalCount u,88 fragmentOffset u,
89 forwardingStatus u,90 mplsVpnRouteDistinguisher o,94 applicationDescription s,95 applicationId o,
96 applicationName s,98 postIpDiffServCodePoint u,99 multicastReplicationFactor u,
128 bgpNextAdjacentAsNumber u,129 bgpPrevAdjacentAsNumber u,130 exporterIPv4Address 4,
131 exporterIPv6Address 6,132 droppedOctetDeltaCount u,133 droppedPacketDeltaCount u,
134 droppedOctetTotalCount u,135 droppedPacketTotalCount u,136 flowEndReason u,
137 commonPropertiesId u,138 observationPointId u,139 icmpTypeCodeIPv6 u,
140 mplsTopLabelIPv6Address 6,141 lineCardId u,142 portId u,143 meteringProcessId u,
144 exportingProcessId u,145 templateId u,146 wlanChannelId u,147 wlanSSID s,148 flowId u,
149 observationDomainId u,150 flowStartSeconds S,151 flowEndSeconds S,152 flowStartMilliseconds M,
153 flowEndMilliseconds M,154 flowStartMicroseconds U,155 flowEndMicroseconds U,
156 flowStartNanoseconds N,157 flowEndNanoseconds N,158 flowStartDeltaMicroseconds u,
159 flowEndDeltaMicroseconds u,160 systemInitTimeMilliseconds M,161 flowDurationMilliseconds u,
162 flowDurationMicroseconds u,163 observedFlowTotalCount u,164 ignoredPacketTotalCount u,
165 ignoredOctetTotalCount u,166 notSentFlowTotalCount u,167 notSentPacketTotalCount u,
168 notSentOctetTotalCount u,169 destinationIPv6Prefix 6,170 sourceIPv6Prefix 6,
173 flowKeyIndicator u,176 icmpTypeIPv4 u,177 icmpCodeIPv4 u,178 icmpTypeIPv6 u,179 icmpCodeIPv6 u,
180 udpSourcePort u,181 udpDestinationPort u,182 tcpSourcePort u,183 tcpDestinationPort u,
184 tcpSequenceNumber u,185 tcpAcknowledgementNumber u,186 tcpWindowSize u,187 tcpUrgentPointer u,
188 tcpHeaderLength u,189 ipHeaderLength u,190 totalLengthIPv4 u,191 payloadLengthIPv6 u,192 ipTTL u,
193 nextHeaderIPv6 u,194 mplsPayloadLength u,195 ipDiffServCodePoint u,196 ipPrecedence u,
197 fragmentFlags u,198 octetDeltaSumOfSquares u,200 mplsTopLabelTTL u,201 mplsLabelStackLength u,
202 mplsLabelStackDepth u,203 mplsTopLabelExp u,204 ipPayloadLength u,205 udpMessageLength u,
206 isMulticast u,207 ipv4IHL u,208 ipv4Options u,209 tcpOptions u,210 paddingOctets o,
211 collectorIPv4Address 4,212 collectorIPv6Address 6,213 exportInterface u,
214 exportProtocolVersion u,215 exportTransportProtocol u,216 collectorTransportPort u,
217 exporterTransportPort u,218 tcpSynTotalCount u,219 tcpFinTotalCount u,220 tcpRstTotalCount u,
221 tcpPshTotalCount u,222 tcpAckTotalCount u,223 tcpUrgTotalCount u,224 ipTotalLength u,
225 postNATSourceIPv4Address 4,226 postNATDestinationIPv4Address 4,
227 postNAPTSourceTransportPort u,228 postNAPTDestinationTransportPort u,
229 natOriginatingAddressRealm u,230 natEvent u,231 initiatorOctets u,232 responderOctets u,
233 firewallEvent u,234 ingressVRFID u,235 egressVRFID u,236 VRFname s,239 biflowDirection u,
240 ethernetHeaderLength u,241 ethernetPayloadLength u,242 ethernetTotalLength u,243 dot1qVlanId u,
244 dot1qPriority u,245 dot1qCustomerVlanId u,246 dot1qCustomerPriority u,252 ingressPhysicalInterface u,
253 egressPhysicalInterface u,256 ethernetType u,258 collectionTimeMilliseconds M,
276 dataRecordsReliability b,281 postNATSourceIPv6Address 6,282 postNATDestinationIPv6Address 6,
298 initiatorPackets u,299 responderPackets u,300 observationDomainName s,301 selectionSequenceId u,
302 selectorId u,303 informationElementId u,304 selectorAlgorithm u,305 samplingPacketInterval u,
306 samplingPacketSpace u,307 samplingTimeInterval u,308 samplingTimeSpace u,309 samplingSize u,
310 samplingPopulation u,311 samplingProbability f,312 dataLinkFrameSize u,
313 ipHeaderPacketSection o,314 ipPayloadPacketSection o,315 dataLinkFrameSection o,
322 observationTimeSeconds S,323 observationTimeMilliseconds M,324 observationTimeMicroseconds U,
325 observationTimeNanoseconds N,326 digestHashValue u,339 informationElementDataType u,
340 informationElementDescription s,341 informationElementName s,346 privateEnterpriseNumber u,
351 layer2SegmentId u,352 layer2OctetDeltaCount u,361 portRangeStart u,362 portRangeEnd u,
371 userName s,372 applicationCategoryName s,408 dataLinkFrameType u,409 sectionOffset u,
410 sectionExportedOctets u
`;

/** How a value is read. */
export type ElementKind =
  | "u"
  | "i"
  | "f"
  | "4"
  | "6"
  | "m"
  | "s"
  | "b"
  | "S"
  | "M"
  | "U"
  | "N"
  | "o";

/** An element of the registry. */
export interface Element {
  /** As IANA's registry has it. */
  readonly name: string;
  /** How its value is read. */
  readonly kind: ElementKind;
}

const elements = new Map<number, Element>(
  TABLE.trim().split(/,\s*/).map((entry): [number, Element] => {
    const [id, name, kind] = entry.split(" ");
    return [Number(id), { name: name!, kind: kind as ElementKind }];
  }),
);

/** RFC 5103: the same element in the other direction of a flow. */
const REVERSE_ENTERPRISE = 29_305;

/**
 * Names an element.
 *
 * @param id Its number, without the enterprise bit.
 * @param enterprise The number of who defined it; 0 for IANA.
 * @returns Its name and kind; `ie999` or `e9.12` with octets for what is not known.
 */
export function elementOf(id: number, enterprise: number): Element {
  const known = elements.get(id);
  if (enterprise === 0) return known ?? { name: `ie${id}`, kind: "o" };
  if (enterprise === REVERSE_ENTERPRISE && known !== undefined) {
    const { name, kind } = known;
    return { name: `reverse${name[0]!.toUpperCase()}${name.slice(1)}`, kind };
  }
  return { name: `e${enterprise}.${id}`, kind: "o" };
}

/** Scopes of NetFlow v9 (RFC 3954, section 6.1). */
const SCOPES_V9 = ["", "system", "interface", "lineCard", "cache", "template"];

/** Names what an options record of NetFlow v9 is about. */
export function scopeV9(id: number): Element {
  return { name: `scope.${SCOPES_V9[id] ?? id}`, kind: "u" };
}
