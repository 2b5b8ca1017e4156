using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>A data set for networks that can be drawn again and again.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Split">The split all its runs belong to, whatever the seed.</param>
/// <param name="Kind">What its rows are.</param>
/// <param name="Draw">Draws its rows: anew for a generator, reshuffled for a file.</param>
internal sealed record NetworkBase(string Id, Split Split, NetworkDataKind Kind, Func<int, NetworkDraw> Draw);
