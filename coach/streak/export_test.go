package streak

// SettleAt settles the dates before any first date of a week, which Settle leaves alone until it is worth it.
var SettleAt = Facts.settleAt
