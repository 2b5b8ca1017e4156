namespace MLNetDebug.Tests;

/// <summary>Lets one rule judge one measurement, with nothing else around it.</summary>
internal static class RuleTester
{
    public static DiagnosticReport Judge<T>(Rule<T> rule, T measured, double alpha = 0.05)
        where T : class =>
        new RuleEngine([rule], alpha: alpha).Judge("test", new Measurements().With(measured));
}
