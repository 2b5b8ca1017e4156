using System.Runtime.CompilerServices;

namespace MLNetDebug;

/// <summary>
/// Reports that belong to an object which has no place for them, such as a trainer's own fitted transformer. They live as long as the object
/// and are not saved with it.
/// </summary>
internal static class AttachedReports
{
    private static readonly ConditionalWeakTable<object, DiagnosticReport> Reports = [];

    /// <summary>Attaches a report in place of an earlier one.</summary>
    public static void Attach(object owner, DiagnosticReport report) => Reports.AddOrUpdate(owner, report);

    /// <summary>The object's report; null where it has none.</summary>
    public static DiagnosticReport? Of(object owner) => Reports.TryGetValue(owner, out var report) ? report : null;
}
