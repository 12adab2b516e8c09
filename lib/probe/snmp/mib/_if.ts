/** Objects of IF-MIB (RFC 2863): name, parent and arc, syntax; see `names.ts` for the form. */
export const IF_MIB = `
ifMIB mib-2.31
ifMIBObjects ifMIB.1
interfaces mib-2.2
ifNumber interfaces.1 Integer32
ifTableLastChange ifMIBObjects.5 TimeTicks
ifTable interfaces.2 table
ifEntry ifTable.1 entry ifIndex
ifIndex ifEntry.1 InterfaceIndex
ifDescr ifEntry.2 DisplayString
ifType ifEntry.3 IANAifType
ifMtu ifEntry.4 Integer32
ifSpeed ifEntry.5 Gauge32
ifPhysAddress ifEntry.6 PhysAddress
ifAdminStatus ifEntry.7 {up=1 down=2 testing=3}
ifOperStatus ifEntry.8 {up=1 down=2 testing=3 unknown=4 dormant=5 notPresent=6 lowerLayerDown=7}
ifLastChange ifEntry.9 TimeTicks
ifInOctets ifEntry.10 Counter32
ifInUcastPkts ifEntry.11 Counter32
ifInNUcastPkts ifEntry.12 Counter32
ifInDiscards ifEntry.13 Counter32
ifInErrors ifEntry.14 Counter32
ifInUnknownProtos ifEntry.15 Counter32
ifOutOctets ifEntry.16 Counter32
ifOutUcastPkts ifEntry.17 Counter32
ifOutNUcastPkts ifEntry.18 Counter32
ifOutDiscards ifEntry.19 Counter32
ifOutErrors ifEntry.20 Counter32
ifOutQLen ifEntry.21 Gauge32
ifSpecific ifEntry.22 oid
ifXTable ifMIBObjects.1 table
ifXEntry ifXTable.1 augments ifEntry
ifName ifXEntry.1 DisplayString
ifInMulticastPkts ifXEntry.2 Counter32
ifInBroadcastPkts ifXEntry.3 Counter32
ifOutMulticastPkts ifXEntry.4 Counter32
ifOutBroadcastPkts ifXEntry.5 Counter32
ifHCInOctets ifXEntry.6 Counter64
ifHCInUcastPkts ifXEntry.7 Counter64
ifHCInMulticastPkts ifXEntry.8 Counter64
ifHCInBroadcastPkts ifXEntry.9 Counter64
ifHCOutOctets ifXEntry.10 Counter64
ifHCOutUcastPkts ifXEntry.11 Counter64
ifHCOutMulticastPkts ifXEntry.12 Counter64
ifHCOutBroadcastPkts ifXEntry.13 Counter64
ifLinkUpDownTrapEnable ifXEntry.14 {enabled=1 disabled=2}
ifHighSpeed ifXEntry.15 Gauge32
ifPromiscuousMode ifXEntry.16 TruthValue
ifConnectorPresent ifXEntry.17 TruthValue
ifAlias ifXEntry.18 DisplayString
ifCounterDiscontinuityTime ifXEntry.19 TimeStamp
ifStackTable ifMIBObjects.2 table
ifStackEntry ifStackTable.1 entry ifStackHigherLayer,ifStackLowerLayer
ifStackHigherLayer ifStackEntry.1 InterfaceIndex
ifStackLowerLayer ifStackEntry.2 InterfaceIndex
ifStackStatus ifStackEntry.3 RowStatus
ifStackLastChange ifMIBObjects.6 TimeTicks
ifRcvAddressTable ifMIBObjects.4 table
ifRcvAddressEntry ifRcvAddressTable.1 entry ifIndex,ifRcvAddressAddress
ifRcvAddressAddress ifRcvAddressEntry.1 PhysAddress
ifRcvAddressStatus ifRcvAddressEntry.2 RowStatus
ifRcvAddressType ifRcvAddressEntry.3 {other=1 volatile=2 nonVolatile=3}
linkDown snmpTraps.3 notification
linkUp snmpTraps.4 notification
ifTestTable ifMIBObjects.3 table
ifTestEntry ifTestTable.1 augments ifEntry
ifTestId ifTestEntry.1 TestAndIncr
ifTestStatus ifTestEntry.2 {notInUse=1 inUse=2}
ifTestType ifTestEntry.3 AutonomousType
ifTestResult ifTestEntry.4 {none=1 success=2 inProgress=3 notSupported=4 unAbleToRun=5 aborted=6 failed=7}
ifTestCode ifTestEntry.5 oid
ifTestOwner ifTestEntry.6 OwnerString
`;
