/** Every line says its region. */
export const R = '--region {region}';

/** Thirty days in the Recycle Bin, unless the region already keeps what is deleted. Source: Recycle Bin user guide, read 2026-11-21. */
export const recycle = (type: 'EBS_SNAPSHOT' | 'EC2_IMAGE'): string =>
  `( aws rbin list-rules ${R} --resource-type ${type} --query Rules[].Identifier --output text | grep -q . || ` +
  `aws rbin create-rule ${R} --resource-type ${type} --retention-period RetentionPeriodValue=30,RetentionPeriodUnit=DAYS )`;
