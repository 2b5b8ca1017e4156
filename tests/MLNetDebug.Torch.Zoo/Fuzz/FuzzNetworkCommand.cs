using MLNetDebug.Zoo.Fuzz;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Fuzz;

/// <summary>Random networks through the check, one after the other: libtorch's random state is the process's.</summary>
internal static class FuzzNetworkCommand
{
    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        TorchSharp.torch.set_num_threads(1);
        return FuzzCommand.Table(arguments, "3.fuzz", seeds => [.. seeds.Select(FuzzNetwork.Of)]);
    }
}
