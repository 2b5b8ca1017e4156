using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Says in the report what a profile did not see.</summary>
internal static class Unanswered
{
    public static void Note(DataProfile profile, RunContext run)
    {
        if (!profile.IsComplete)
        {
            run.NotChecked(
                new Subject(SubjectKind.DataSet, profile.Name),
                string.Create(CultureInfo.InvariantCulture, $"the pass ended at its budget after {profile.RowCount} rows; later rows were not seen"));
        }

        foreach (var column in profile.Columns.Where(c => c.NotCheckedReason is not null && c.Role != ColumnRole.Other))
            run.NotChecked(Subject.Column(column.Name), column.NotCheckedReason!);

        if (profile.Duplicates is { IsExact: false } duplicates)
        {
            run.NotChecked(
                new Subject(SubjectKind.DataSet, profile.Name),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"equal rows were looked for among {duplicates.Rows:N0} of {profile.RowCount:N0} rows, a sample by fingerprint: rare copies and conflicting labels may stand among the others"));
        }

        var slots = profile.FeatureColumns.Sum(c => c.Slots.Count);
        if (slots > DataSample.MaxSlots)
        {
            run.NotChecked(
                new Subject(SubjectKind.DataSet, profile.Name),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{slots - DataSample.MaxSlots} of {slots} slots are beyond the first {DataSample.MaxSlots}: counts and moments are known of them, quantiles, dependence on the label and on row order are not"));
        }
    }
}
