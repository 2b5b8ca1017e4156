namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>
/// Which finding, if any, dooms a trial. A finding is judged at the step that it is raised at: what it says of time is said from there, and a report that keeps it to the end of the run says it again long
/// after. It is judged once more only where its word has grown.
/// </summary>
/// <param name="allSteps">Steps of the whole trial.</param>
internal sealed class Doom(long allSteps)
{
    private readonly Dictionary<(string Rule, SubjectKind Kind, string Place), (Severity Severity, Confidence Confidence)> _judged = [];

    /// <summary>The first finding that dooms the trial; null where there is none.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>Judges a finding.</summary>
    /// <param name="finding">What the guard found, or finds still.</param>
    /// <param name="steps">Steps that were taken by now.</param>
    public void Judge(Finding finding, long steps)
    {
        var (key, word) = ((finding.Rule.Id, finding.Subject.Kind, finding.Subject.Name), (finding.Severity, finding.Confidence));
        if (_judged.TryGetValue(key, out var before) && word.CompareTo(before) <= 0)
            return;
        _judged[key] = word;
        Finding ??= DoomedTrial.Is(finding, Math.Max(0, allSteps - steps)) ? finding : null;
    }
}
