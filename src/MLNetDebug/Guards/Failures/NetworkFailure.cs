using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>What libtorch's and the runtime's words mean when they come out of a network's trainer.</summary>
internal static class NetworkFailure
{
    private static readonly (string Says, Func<FailureContext, (string Cause, Subject Place, Advice Advice)> Means)[] Patterns =
    [
        ("is out of bounds", OfLabel),
        ("Expected positive integer total_steps", c => ("The scheduler was given no step to plan: the number of epochs, or the batch size, is 0 or negative.", Option(c, "MaxEpoch"),
            new Advice("Both must be 1 or more.", "MaxEpoch = 10, BatchSize = 32"))),
        ("Attempted to divide by zero", c => ("The batch size is 0, and the steps of an epoch are the rows divided by it.", Option(c, "BatchSize"), new Advice("It must be 1 or more.", "BatchSize = 32"))),
        ("Object reference not set", c => ($"The label has no values that predictions could be mapped back to: it is no key, or a key without KeyValues. {c.Run.Trainer} notices once it has trained.",
            Label(c), new Advice("Map the label to keys before the trainer.", $"ml.Transforms.Conversion.MapValueToKey({Words.Literal(c.Declaration.Label ?? "Label")})"))),
        ("Invalid call to 'GetValue'", c => ("The label is a key without KeyValues, or no key at all: the trainer asks for them first.", Label(c),
            new Advice("Map the label to keys before the trainer.", $"ml.Transforms.Conversion.MapValueToKey({Words.Literal(c.Declaration.Label ?? "Label")})"))),
        ("Error downloading resource", c => ("The file of pretrained weights is not on this machine, and it could not be downloaded.", c.Subject,
            new Advice("Bring the file from a machine that trained before, and set the folder before the trainer is made.", "ml.TempFilePath = folder; // the file lies in folder/mlnet"))),
        ("Mismatched state_dict sizes", OfVersions),
        ("Tensor invalid -- empty handle", OfVersions),
        ("Method not found", OfVersions),
        ("Fallback to CPU is false", c => ("A GPU was asked for, TorchSharp finds no CUDA, and going on with the CPU was forbidden.", Option(c, "GpuDeviceId"),
            new Advice("Reference a package with CUDA, or let it use the CPU, before the trainer is made.", "ml.GpuDeviceId = null;"))),
        ("must match the size of tensor", c => ("NerTrainer cannot validate: it compares predictions of one shape with labels of another.", Option(c, "ValidationSet"),
            new Advice("Leave its ValidationSet empty.", "model.Transform(validation)"))),
        ("cardinality of a KeyDataViewType", c => ("There are no rows, and so no classes.", new Subject(SubjectKind.DataSet, "training data"), new Advice("Check the path, the filters and the split in front of the trainer."))),
        ("out of range for tensor of size [0", c => ("There are no rows, and so no classes.", new Subject(SubjectKind.DataSet, "training data"), new Advice("Check the path, the filters and the split in front of the trainer."))),
        ("doesn't contain a reference to libtorch", OfNative),
        ("The type initializer for 'TorchSharp", OfNative),
    ];

    public static FitFailure? Read(FailureContext context)
    {
        if (!context.IsNetwork)
            return null;
        foreach (var (says, means) in Patterns)
        {
            if (!context.Says(says))
                continue;
            var (cause, place, advice) = means(context);
            // libtorch's messages carry a native stack of many lines.
            return new FitFailure(context.Error.Message.Split('\n')[0]) { Cause = cause, Subject = place, Advice = [advice] };
        }

        return null;
    }

    private static (string Cause, Subject Place, Advice Advice) OfLabel(FailureContext context)
    {
        var label = context.Data?.Label;
        var name = Words.Literal(label?.Name ?? context.Declaration.Label ?? "Label");
        // Key 0 minus 1 in 32 bits.
        if (context.Says("4294967295"))
        {
            return ($"A label is missing: key 0 is what MapValueToKey gives for a value it does not know{(label is { Missing: > 0 } ? $", here in {Words.Rows(label.MissingRows)}" : string.Empty)}.",
                Label(context), new Advice("Map labels with a map fitted on all of them, or drop the rows.", $"data = ml.Data.FilterByCustomPredicate<Row>(data, r => r.{Words.Identifier(label?.Name ?? "Label")} == 0); // true drops the row"));
        }

        var absent = label is { AbsentKeyCount: > 0 } ? $": {Words.Names(label.AbsentKeys)}" : string.Empty;
        return ($"A declared class has no rows{absent}. {context.Run.Trainer} counts the classes it meets and takes the keys of the others for positions among them.",
            Label(context), new Advice("Map the keys anew from the rows that are there.", $"ml.Transforms.Conversion.MapKeyToValue({name}) then MapValueToKey({name})"));
    }

    private static (string Cause, Subject Place, Advice Advice) OfVersions(FailureContext context) => (
        "The loaded TorchSharp is not the one that Microsoft.ML.TorchSharp was built for.", new Subject(SubjectKind.Trainer, context.Run.Trainer),
        new Advice("Pin TorchSharp, and the libtorch package beside it, to the version the trainers were built for; another package may have raised it.", "<PackageReference Include=\"TorchSharp-cpu\" Version=\"[0.102.7]\" />"));

    private static (string Cause, Subject Place, Advice Advice) OfNative(FailureContext context) => (
        "TorchSharp's native library does not load. A missing libtorch package is one reason; a system older than the one the library was built on (GLIBCXX_3.4.32) is another, and says the same.",
        context.Subject, new Advice("Reference the libtorch package for this system, in the version TorchSharp wants; on Linux, see what the loader says.", "LD_DEBUG=libs dotnet run 2>&1 | grep -i error"));

    private static Subject Option(FailureContext context, string option) => new(SubjectKind.Trainer, $"{context.Run.Trainer}.{option}");

    private static Subject Label(FailureContext context) => new(SubjectKind.Label, context.Data?.Label?.Name ?? context.Declaration.Label ?? "Label") { Rows = context.Data?.Label?.MissingRows ?? [] };
}
