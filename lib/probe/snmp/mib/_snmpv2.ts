/** Objects of SNMPv2-MIB (RFC 3418): name, parent and arc, syntax; see `names.ts` for the form. */
export const SNMPV2_MIB = `
snmpMIB snmpModules.1
snmpMIBObjects snmpMIB.1
system mib-2.1
sysDescr system.1 DisplayString
sysObjectID system.2 oid
sysUpTime system.3 TimeTicks
sysContact system.4 DisplayString
sysName system.5 DisplayString
sysLocation system.6 DisplayString
sysServices system.7 Integer32
sysORLastChange system.8 TimeStamp
sysORTable system.9 table
sysOREntry sysORTable.1 entry sysORIndex
sysORIndex sysOREntry.1 Integer32
sysORID sysOREntry.2 oid
sysORDescr sysOREntry.3 DisplayString
sysORUpTime sysOREntry.4 TimeStamp
snmp mib-2.11
snmpInPkts snmp.1 Counter32
snmpInBadVersions snmp.3 Counter32
snmpInBadCommunityNames snmp.4 Counter32
snmpInBadCommunityUses snmp.5 Counter32
snmpInASNParseErrs snmp.6 Counter32
snmpEnableAuthenTraps snmp.30 {enabled=1 disabled=2}
snmpSilentDrops snmp.31 Counter32
snmpProxyDrops snmp.32 Counter32
snmpTrap snmpMIBObjects.4
snmpTrapOID snmpTrap.1 oid
snmpTrapEnterprise snmpTrap.3 oid
snmpTraps snmpMIBObjects.5
coldStart snmpTraps.1 notification
warmStart snmpTraps.2 notification
authenticationFailure snmpTraps.5 notification
snmpSet snmpMIBObjects.6
snmpSetSerialNo snmpSet.1 TestAndIncr
snmpOutPkts snmp.2 Counter32
snmpInTooBigs snmp.8 Counter32
snmpInNoSuchNames snmp.9 Counter32
snmpInBadValues snmp.10 Counter32
snmpInReadOnlys snmp.11 Counter32
snmpInGenErrs snmp.12 Counter32
snmpInTotalReqVars snmp.13 Counter32
snmpInTotalSetVars snmp.14 Counter32
snmpInGetRequests snmp.15 Counter32
snmpInGetNexts snmp.16 Counter32
snmpInSetRequests snmp.17 Counter32
snmpInGetResponses snmp.18 Counter32
snmpInTraps snmp.19 Counter32
snmpOutTooBigs snmp.20 Counter32
snmpOutNoSuchNames snmp.21 Counter32
snmpOutBadValues snmp.22 Counter32
snmpOutGenErrs snmp.24 Counter32
snmpOutGetRequests snmp.25 Counter32
snmpOutGetNexts snmp.26 Counter32
snmpOutSetRequests snmp.27 Counter32
snmpOutGetResponses snmp.28 Counter32
snmpOutTraps snmp.29 Counter32
`;
