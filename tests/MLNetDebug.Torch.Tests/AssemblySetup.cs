// Tests share libtorch's random state and its threads: one at a time.
[assembly: DoNotParallelize]
