using Microsoft.Extensions.Logging;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace MLNetDebug.Pipeline;

/// <summary>Writes the whole text. The writer is asked for at each report: a console may be redirected later.</summary>
internal sealed class TextSink(Func<TextWriter> writer, Severity from) : DiagnosticsSink
{
    public override void Write(DiagnosticReport report)
    {
        if (report.Worst >= from)
            report.WriteTo(writer());
    }
}

/// <summary>Writes to <c>MLContext.Log</c>, whose only public way in is the channel of a host environment.</summary>
internal sealed class ContextLogSink(IHostEnvironment environment) : DiagnosticsSink
{
    public override void Write(DiagnosticReport report)
    {
        using var channel = environment.Start("MLNetDebug");
        foreach (var finding in report.Unfolded)
        {
            var text = $"{finding.Rule.Id} {finding.Rule.Name} {finding.Subject}: {finding.Message}";
            // Texts go in as they are: the overloads with arguments would read braces in them as placeholders.
            if (finding.Severity >= Severity.Error)
                channel.Error(MessageSensitivity.UserData, text);
            else if (finding.Severity == Severity.Warning)
                channel.Warning(MessageSensitivity.UserData, text);
            else
                channel.Info(MessageSensitivity.UserData, text);
        }

        channel.Info(MessageSensitivity.None, $"{report.Title}: {report.Findings.Count} findings by {report.Checked.Count} rules, {report.NotChecked.Count} questions not answered.");
    }
}

/// <summary>Writes to an <see cref="ILogger"/>.</summary>
internal sealed class LoggerSink(ILogger logger) : DiagnosticsSink
{
    public override void Write(DiagnosticReport report)
    {
        foreach (var finding in report.Unfolded)
        {
            var level = finding.Severity switch
            {
                Severity.Error => LogLevel.Error,
                Severity.Warning => LogLevel.Warning,
                _ => LogLevel.Information,
            };
            logger.Log(level, "{RuleId} {RuleName} {Subject}: {Message}", finding.Rule.Id, finding.Rule.Name, finding.Subject.Display, finding.Message);
        }

        logger.LogInformation(
            "{Title}: {Findings} findings by {Rules} rules, {NotChecked} questions not answered.",
            report.Title, report.Findings.Count, report.Checked.Count, report.NotChecked.Count);
    }
}

/// <summary>Calls back.</summary>
internal sealed class CallbackSink(Action<DiagnosticReport> callback) : DiagnosticsSink
{
    public override void Write(DiagnosticReport report) => callback(report);
}
