using System.Globalization;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Modules as advice writes them in C#.</summary>
internal static class StructureCode
{
    /// <summary>A path as an expression: <c>encoder.layers[0].bn</c> for <c>encoder.layers.0.bn</c>, <c>model[3]</c> for <c>3</c>.</summary>
    public static string Expression(string path)
    {
        var text = "";
        foreach (var part in path.Split('.'))
        {
            text = part.Length > 0 && char.IsDigit(part[0]) ? $"{(text.Length > 0 ? text : "model")}[{part}]"
                : text.Length > 0 ? $"{text}.{Words.Identifier(part)}" : Words.Identifier(part);
        }

        return path.Length > 0 ? text : "model";
    }

    /// <summary>The line that puts another module in a module's place; members of a Sequential have none to assign to.</summary>
    public static string Replacement(string path, string constructor) =>
        Expression(path) is var place && place.EndsWith(']') ? $"{constructor}   // in place of {place}" : $"{place} = {constructor};";

    /// <summary>A module as it is made: <c>nn.Dropout(0.5)</c>, <c>nn.BatchNorm2d(64)</c>.</summary>
    public static string Constructor(ModuleProfile module) => module.Kind switch
    {
        ModuleKind.BatchNorm => $"nn.{module.Type}({Setting(module, "num_features")})",
        ModuleKind.Dropout or ModuleKind.ChannelDropout => $"nn.{module.Type}({Setting(module, "p")})",
        _ => Expression(module.Name),
    };

    /// <summary>A setting as code writes it.</summary>
    public static string Setting(ModuleProfile module, string name) => module.Settings.GetValueOrDefault(name).ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The probability of a dropout; 0 where it is none.</summary>
    public static double Probability(ModuleProfile? module) =>
        module is { Kind: ModuleKind.Dropout or ModuleKind.ChannelDropout } ? module.Settings.GetValueOrDefault("p") : 0;

    /// <summary>What else a finding holds for: <c> So do `bn2` and 3 more.</c>; empty where nothing else.</summary>
    public static string Also(IReadOnlyCollection<string> names, string said) =>
        names.Count == 0 ? "" : $" {said} {Words.Names([.. names.Select(n => $"`{n}`")])}.";

    /// <summary>What was not called by <c>call</c>, as a reason why it was not checked.</summary>
    public static string Unseen(IReadOnlyCollection<ModuleProfile> modules) =>
        $"{Words.Names([.. modules.Select(m => $"`{m.Name}`")])}: no call was seen; a parent that runs its children by forward() hides them, call() shows them";
}
