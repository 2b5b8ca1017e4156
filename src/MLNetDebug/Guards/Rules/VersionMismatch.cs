using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>Microsoft.ML.TorchSharp beside a TorchSharp it was not built for: tried out, not looked up, so that a mended pair is silent.</summary>
internal sealed class VersionMismatch : Rule<TrainerSetup>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.VersionMismatch, nameof(RuleIds.VersionMismatch), "Packages are loaded that do not work together.", RuleCategory.Setup, Severity.Error, ProofKind.Fact);

    protected override void Judge(TrainerSetup measured, FindingSink sink)
    {
        if (measured.Packages is not { } pair)
            return;
        var place = new Subject(SubjectKind.Trainer, measured.Trainer);
        var pairText = $"Microsoft.ML.TorchSharp {pair.Trainers} was built for TorchSharp {pair.BuiltFor}, and TorchSharp {pair.Loaded} is loaded";
        if (pair.NativeError is { } error)
            sink.Report(Draft(place, $"TorchSharp's native library does not load: {error.TrimEnd('.')}. Every trainer that uses it fails.", pair));
        else if (pair.DisposesWeights == true && measured.Kind != ClosedTrainerKind.ObjectDetection)
            sink.Report(Draft(place, $"{pairText}: from 0.104 on its initialisers dispose the weights they initialise. Loading pretrained weights throws 'Mismatched state_dict sizes', and the first step 'Tensor invalid -- empty handle'.", pair));
        else if (pair.MissingMembers.Count > 0 && measured.Kind == ClosedTrainerKind.ObjectDetection)
            sink.Report(Draft(place, $"{pairText}, which lacks what it calls: {Words.Names(pair.MissingMembers)}. The first step throws MissingMethodException.", pair));
        else if (pair.DisposesWeights is null && measured.Kind != ClosedTrainerKind.ObjectDetection)
            sink.NotChecked(place, "whether the loaded TorchSharp keeps the weights these trainers initialise: their initialisers could not be tried");
    }

    private static FindingDraft Draft(Subject place, string message, PackagePair pair) => new(place, message)
    {
        Evidence = [new Evidence("members missing", pair.MissingMembers.Count) { Threshold = 0 }],
        Advice =
        [
            new Advice(
                "Pin TorchSharp, and the libtorch package beside it, to the version the trainers were built for; another package may have raised it.",
                $"<PackageReference Include=\"TorchSharp-cpu\" Version=\"[{pair.BuiltFor}]\" />"),
        ],
    };
}
